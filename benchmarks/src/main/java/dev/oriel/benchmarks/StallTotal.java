package dev.oriel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** For how long some task of a control group stood still for want of memory. Used by one thread. */
final class StallTotal implements AutoCloseable {

    private static final byte[] SOME = "some ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOTAL = "total=".getBytes(StandardCharsets.US_ASCII);

    private final FileChannel file;
    private final ByteBuffer text = ByteBuffer.allocateDirect(512);

    /**
     * Opens it.
     *
     * @param file such as {@code memory.pressure}
     */
    StallTotal(Path file) throws IOException {
        this.file = FileChannel.open(file);
    }

    /** Microseconds since the group was made. */
    long someMicros() {
        text.clear();
        try {
            file.read(text, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.flip();
        return parse(text);
    }

    /**
     * Reads the first line, such as {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=1234}.
     *
     * @throws BenchmarkFailedException if it is not such a line
     */
    static long parse(ByteBuffer text) {
        int at = isAt(text, 0, SOME) ? SOME.length : text.limit();
        while (at < text.limit() && text.get(at) != '\n' && !isAt(text, at, TOTAL)) {
            at++;
        }
        if (!isAt(text, at, TOTAL)) {
            throw new BenchmarkFailedException(
                    "the kernel tells no stalls: \"" + StandardCharsets.US_ASCII.decode(text) + "\"");
        }
        long micros = 0;
        for (at += TOTAL.length; at < text.limit() && text.get(at) != '\n'; at++) {
            micros = 10 * micros + text.get(at) - '0';
        }
        return micros;
    }

    private static boolean isAt(ByteBuffer text, int at, byte[] word) {
        for (int index = 0; index < word.length; index++) {
            if (at + index >= text.limit() || text.get(at + index) != word[index]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
