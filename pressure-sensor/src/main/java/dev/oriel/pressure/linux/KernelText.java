package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The text of one kernel file at a time, in a buffer that serves for the next file too. Numbers are picked out of the
 * bytes where they stand: the sensor looks often just when memory is scarce, so it should not use up any.
 */
final class KernelText {
    private static final int CHUNK_BYTES = 8 << 10;
    private static final int MAX_BYTES = 4 << 20;
    /* The kernel hands out a text of many records page by page, as many whole records as fit. Where half a page stayed
     * empty there was no further record, and no need to ask for one. */
    private static final int WHOLE_BELOW_BYTES = 2 << 10;

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private byte[] bytes = new byte[CHUNK_BYTES];
    private int length;
    private Path file = Path.of("");

    /** Replaces the text with that of a file which is opened for this once. */
    KernelText read(Path newFile) throws IOException {
        try (FileChannel channel = FileChannel.open(newFile)) {
            return read(channel, newFile);
        }
    }

    /** Replaces the text with that of an open file, from its beginning. */
    KernelText read(FileChannel channel, Path newFile) throws IOException {
        file = newFile;
        length = 0;
        int count;
        do {
            chunk.clear();
            count = channel.read(chunk, length);
            append(count);
        } while (count >= WHOLE_BELOW_BYTES);
        return this;
    }

    private void append(int count) throws MalformedTextException {
        if (count <= 0) {
            return;
        }
        if (length + count > MAX_BYTES) {
            throw malformed("longer than " + MAX_BYTES + " bytes");
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + count));
        }
        chunk.flip().get(bytes, length, count);
        length += count;
    }

    /** The number that is the whole text. */
    long number() throws MalformedTextException {
        return numberAt(0, "the beginning");
    }

    /** The number after a key and blanks at the beginning of a line. */
    long number(String key) throws MalformedTextException {
        int end = endOfKey(key);
        if (end < 0) {
            throw malformed("no " + key);
        }
        return numberAt(end, key);
    }

    /** The number after a key at the beginning of a line; if no line has the key, another. */
    long number(String key, long otherwise) throws MalformedTextException {
        int end = endOfKey(key);
        return end < 0 ? otherwise : numberAt(end, key);
    }

    /** The number that follows {@code name} somewhere in the line that begins with a key. */
    long number(String key, String name) throws MalformedTextException {
        int start = endOfKey(key);
        for (int at = start; at >= 0 && at < length && bytes[at] != '\n'; at++) {
            if (bytes[at] == ' ' && startsWith(name, at + 1)) {
                return numberAt(at + 1 + name.length(), name);
            }
        }
        throw malformed("no " + name + " in a line '" + key + "'");
    }

    /** The number that is the second word of the text. */
    long secondNumber() throws MalformedTextException {
        int at = 0;
        while (at < length && bytes[at] != ' ') {
            at++;
        }
        return numberAt(at, "the first word");
    }

    /** Whether the text is this one word and the end of its line. */
    boolean is(String word) {
        return length == word.length() + 1 && startsWith(word, 0) && bytes[length - 1] == '\n';
    }

    /** Whether the text is exactly this. */
    boolean is(byte[] other) {
        return Arrays.equals(bytes, 0, length, other, 0, other.length);
    }

    /** A copy of the text as it stands. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** An exception that tells of a fault in this text. */
    MalformedTextException malformed(String fault) {
        return new MalformedTextException(file + ": " + fault);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, UTF_8);
    }

    private int endOfKey(String key) {
        for (int line = 0; line < length; line = nextLine(line)) {
            int end = line + key.length();
            if (startsWith(key, line) && end < length && bytes[end] == ' ') {
                return end;
            }
        }
        return -1;
    }

    private int nextLine(int at) {
        int end = at;
        while (end < length && bytes[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private boolean startsWith(String word, int at) {
        if (at + word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long numberAt(int from, String after) throws MalformedTextException {
        int at = from;
        while (at < length && bytes[at] == ' ') {
            at++;
        }
        int first = at;
        long value = 0;
        for (; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            int digit = bytes[at] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw malformed("the number after " + after + " is too large");
            }
            value = 10 * value + digit;
        }
        // The kernel ends every line: a number at the very end has been cut off.
        if (at == first || at == length) {
            throw malformed("no whole number after " + after);
        }
        return value;
    }
}
