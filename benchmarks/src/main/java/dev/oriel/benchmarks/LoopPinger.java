package dev.oriel.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * The server answers a request for its health on the event loop that the connection belongs to, in microseconds: an answer
 * that takes longer has waited for that loop, for the whole Java, or for a core. By hand, so that asking makes no garbage.
 */
/** Asks a server a thousand times a second, over one connection, whether it is well, on a thread of its own. */
final class LoopPinger implements AutoCloseable {

    private static final long BETWEEN_NANOS = 1_000_000;
    private static final int MOST_QUESTIONS = 1 << 20;
    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final byte[] question;
    private final long[] nanoTimes = new long[MOST_QUESTIONS];
    private final long[] waits = new long[MOST_QUESTIONS];
    private final Thread thread = new Thread(this::run, "loop-pinger");
    private final int answerBytes;
    private volatile int asked;
    private volatile boolean ended;
    private volatile @Nullable String failure;

    private LoopPinger(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        question = ("GET /healthz HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        out.write(question);
        answerBytes = firstAnswer();
    }

    /** Connects, and asks until it is closed or has asked a million times. */
    static LoopPinger start(URI server) throws IOException {
        LoopPinger pinger = new LoopPinger(server);
        pinger.thread.setDaemon(true);
        pinger.thread.start();
        return pinger;
    }

    /* All answers are alike, so that the length of the first is that of each. */
    private int firstAnswer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String text = head.toString().toLowerCase(Locale.ROOT);
        int at = text.indexOf(LENGTH);
        if (!text.startsWith("http/1.1 200 ") || at < 0) {
            throw new BenchmarkFailedException("the server is not well: " + text);
        }
        int start = at + LENGTH.length();
        int length = Integer.parseInt(text.substring(start, text.indexOf('\r', start)));
        in.readNBytes(length);
        return head.length() + length;
    }

    private void run() {
        byte[] answer = new byte[answerBytes];
        long due = System.nanoTime();
        try {
            for (int count = 0; count < MOST_QUESTIONS && !ended; count++) {
                nanoTimes[count] = System.nanoTime();
                out.write(question);
                in.readFully(answer);
                waits[count] = System.nanoTime() - nanoTimes[count];
                asked = count + 1;
                due = Math.max(due + BETWEEN_NANOS, System.nanoTime());
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException e) {
            failure = ended ? null : "the server does not answer: " + e;
        }
    }

    /**
     * How long each answer took.
     *
     * @throws BenchmarkFailedException if the server no longer answers
     */
    Waits waits() {
        String why = failure;
        if (why != null) {
            throw new BenchmarkFailedException(why);
        }
        int count = asked;
        return new Waits(Arrays.copyOf(nanoTimes, count), Arrays.copyOf(waits, count));
    }

    @Override
    public void close() {
        ended = true;
        try {
            socket.close();
        } catch (IOException e) {
            failure = "the connection cannot be closed: " + e;
        }
    }
}
