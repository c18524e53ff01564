package dev.oriel.capture.x11;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.SourceLostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/*
 * Xvfb -fbdir keeps its screen in a file in the format of xwd, mapped into its memory, and draws right there. The header
 * is big-endian and stays as it was when the screen gets smaller, as does the length of a line. The file is read, not
 * mapped: the copy costs the same, and a whole screen for each display would count as our memory.
 */
/** An Xvfb with {@code -fbdir}: the pixels come from the file that is its screen, without asking the server. */
final class FramebufferFile implements PixelReader {

    private static final int HEADER_BYTES = 100;
    private static final int XWD_VERSION = 7;
    private static final int COLOR_BYTES = 12;
    private static final int PEER_BYTES = 12;

    private final FileChannel file;
    private final Layout layout;
    private final ByteBuffer target;

    /** What the header of the file says. */
    private record Layout(int firstPixel, int pitch, int width, int height) {

        static Optional<Layout> read(FileChannel file) throws IOException {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            if (file.read(header, 0) < HEADER_BYTES
                    || header.getInt(4) != XWD_VERSION
                    || header.getInt(28) != 0
                    || header.getInt(44) != Integer.SIZE) {
                return Optional.empty();
            }
            int firstPixel = header.getInt(0) + header.getInt(76) * COLOR_BYTES;
            Layout layout = new Layout(firstPixel, header.getInt(48), header.getInt(16), header.getInt(20));
            boolean isWhole = firstPixel + (long) layout.pitch * layout.height <= file.size();
            return isWhole ? Optional.of(layout) : Optional.empty();
        }

        boolean holds(Area area) {
            return area.x() >= 0
                    && area.y() >= 0
                    && area.x() + area.width() <= width
                    && area.y() + area.height() <= height;
        }
    }

    private FramebufferFile(FileChannel file, Layout layout, PixelMemory memory) {
        this.file = file;
        this.layout = layout;
        this.target = memory.half(0);
    }

    /** Opens the screen of the server; empty if it is no Xvfb on this machine that keeps it in a file that we may read. */
    static Optional<PixelReader> open(XConnection x, Area root, PixelMemory memory) {
        try {
            Optional<Path> path = pathOf(x);
            return path.isPresent() ? open(path.get(), root, memory) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<PixelReader> open(Path path, Area root, PixelMemory memory) throws IOException {
        Optional<Layout> layout;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            layout = Layout.read(file).filter(found -> found.holds(root));
        }
        return layout.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FramebufferFile(FileChannel.open(path, StandardOpenOption.READ), layout.get(), memory));
    }

    /** The file that the server was told to keep its screen in, from its command line. */
    private static Optional<Path> pathOf(XConnection x) throws IOException {
        int server = processAtOtherEnd(x.fileDescriptor());
        Path process = Path.of("/proc", Integer.toString(server));
        if (server <= 0 || !Files.isReadable(process.resolve("cmdline"))) {
            return Optional.empty();
        }
        List<String> words = List.of(Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8)
                .split("\0"));
        int option = words.indexOf("-fbdir");
        if (option < 0 || option + 1 == words.size()) {
            return Optional.empty();
        }
        Path path = process.resolve("cwd")
                .toRealPath()
                .resolve(words.get(option + 1))
                .resolve("Xvfb_screen" + x.screenNumber());
        return Files.isReadable(path) ? Optional.of(path) : Optional.empty();
    }

    private static int processAtOtherEnd(int socket) {
        try (Memory peer = new Memory(PEER_BYTES);
                Memory length = new Memory(Integer.BYTES)) {
            length.setInt(0, PEER_BYTES);
            int failed = Libc.getsockopt(
                    socket, Libc.SOL_SOCKET, Libc.SO_PEERCRED, Pointer.nativeValue(peer), Pointer.nativeValue(length));
            return failed == 0 ? peer.getInt(0) : 0;
        }
    }

    @Override
    public boolean answersInOrder() {
        return false;
    }

    @Override
    public Optional<ByteBuffer> read(Area area) {
        return layout.holds(area) && copy(area) ? Optional.of(target) : Optional.empty();
    }

    private boolean copy(Area area) {
        int length = area.width() * Integer.BYTES;
        long from = layout.firstPixel() + (long) area.y() * layout.pitch() + (long) area.x() * Integer.BYTES;
        if (length == layout.pitch()) {
            return copy(from, 0, length * area.height());
        }
        for (int row = 0; row < area.height(); row++) {
            if (!copy(from + (long) row * layout.pitch(), row * length, length)) {
                return false;
            }
        }
        return true;
    }

    private boolean copy(long from, int to, int length) {
        ByteBuffer room = target.duplicate().limit(to + length).position(to);
        try {
            return file.read(room, from) == length;
        } catch (IOException e) {
            throw new SourceLostException("the file that holds the screen cannot be read: " + e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
