package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The text of one kernel file at a time, in a buffer that serves for the next file too. Numbers are picked out of the
 * bytes where they stand: the sensor looks often just when memory is scarce, so it should not use up any.
 */
final class KernelText {
    private static final int FIRST_BYTES = 8 << 10;
    private static final int MAX_BYTES = 4 << 20;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private Path file = Path.of("");

    /** Replaces the text with that of a file. */
    KernelText read(Path newFile) throws IOException {
        file = newFile;
        length = 0;
        // The stream of Files, unlike a channel, is not closed by an interrupt when the sensor is closed.
        try (InputStream in = Files.newInputStream(newFile)) {
            for (int count = 0; count >= 0; count = in.read(bytes, length, bytes.length - length)) {
                length += count;
                growIfFull();
            }
        }
        return this;
    }

    /** The number that is the whole text. */
    long number() throws MalformedTextException {
        return numberAt(0, "the beginning");
    }

    /** The number after a key and blanks at the beginning of a line; empty if no line has the key. */
    OptionalLong number(String key) throws MalformedTextException {
        int end = endOfKey(key);
        return end < 0 ? OptionalLong.empty() : OptionalLong.of(numberAt(end, key));
    }

    /** The number that follows {@code name} somewhere in the line that begins with a key. */
    OptionalLong number(String key, String name) throws MalformedTextException {
        int start = endOfKey(key);
        for (int at = start; at >= 0 && at < length && bytes[at] != '\n'; at++) {
            if (bytes[at] == ' ' && startsWith(name, at + 1)) {
                return OptionalLong.of(numberAt(at + 1 + name.length(), key + " " + name));
            }
        }
        return OptionalLong.empty();
    }

    /** Whether the text is this one word and the end of its line. */
    boolean is(String word) {
        return length == word.length() + 1 && startsWith(word, 0) && bytes[length - 1] == '\n';
    }

    /** An exception that tells of a fault in this text. */
    MalformedTextException malformed(String fault) {
        return new MalformedTextException(file + ": " + fault);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, UTF_8);
    }

    private void growIfFull() throws MalformedTextException {
        if (length == MAX_BYTES) {
            throw malformed("longer than " + MAX_BYTES + " bytes");
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
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
