package dev.oriel.capture.x11;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * xcb_connect waits for ever for the first answer of a server that was stopped: the kernel accepts the connection all the
 * same. So the same greeting is sent by a socket of our own first, without an authorization.
 */
/** Whether the server of a display answers to a greeting. */
enum XServerAnswer {
    /** It lets in whoever comes. */
    WELCOMES,
    /** It lets in who shows an authorization, which we may have. */
    WANTS_AUTHORIZATION,
    /** It takes connections and says nothing. */
    SILENT,
    /** It takes no connections where we looked. */
    NOT_THERE;

    private static final Pattern DISPLAY = Pattern.compile("(unix|[A-Za-z0-9.-]*):(\\d{1,5})(\\.\\d{1,2})?");
    private static final int FIRST_TCP_PORT = 6000;
    private static final byte SUCCESS = 1;
    private static final int LONGEST_REASON = 264;
    private static final byte[] GREETING = {'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    static XServerAnswer of(String display, Duration longest) {
        Optional<SocketAddress> address = addressOf(display);
        if (address.isEmpty()) {
            return NOT_THERE;
        }
        try (SocketChannel socket = open(address.get());
                Selector selector = Selector.open()) {
            socket.configureBlocking(false);
            boolean connected = socket.connect(address.get());
            if (!connected && address.get() instanceof UnixDomainSocketAddress) {
                /* Too many wait already for a server that takes nobody. */
                return SILENT;
            }
            SelectionKey key = socket.register(selector, SelectionKey.OP_CONNECT);
            if (!connected && (selector.select(longest.toMillis()) == 0 || !socket.finishConnect())) {
                return SILENT;
            }
            socket.write(ByteBuffer.wrap(GREETING));
            key.interestOps(SelectionKey.OP_READ);
            selector.selectedKeys().clear();
            return selector.select(longest.toMillis()) == 0 ? SILENT : meaningOf(socket);
        } catch (IOException | UnsupportedOperationException | UnresolvedAddressException e) {
            /* xcb_connect finds out, and knows more places to look. */
            return NOT_THERE;
        }
    }

    /** A server that has no room for more clients says so as it says that it wants an authorization. */
    private static XServerAnswer meaningOf(SocketChannel socket) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_REASON);
        if (socket.read(answer) <= 0) {
            return NOT_THERE;
        }
        String reason = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        if (answer.get(0) == SUCCESS) {
            return WELCOMES;
        }
        return reason.toLowerCase(Locale.ROOT).contains("client") && reason.contains("aximum")
                ? NOT_THERE
                : WANTS_AUTHORIZATION;
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private static Optional<SocketAddress> addressOf(String display) {
        Matcher name = DISPLAY.matcher(display);
        if (!name.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(name.group(2));
        String host = name.group(1);
        if (host.isEmpty() || host.equals("unix")) {
            return Optional.of(UnixDomainSocketAddress.of(Path.of("/tmp/.X11-unix/X" + number)));
        }
        int port = FIRST_TCP_PORT + number;
        return port > 65_535 ? Optional.empty() : Optional.of(new InetSocketAddress(host, port));
    }
}
