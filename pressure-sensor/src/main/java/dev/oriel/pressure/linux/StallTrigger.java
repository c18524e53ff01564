package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trigger on a file of pressure stall information: the kernel tells when tasks stood still for too long within a
 * window. It can tell so falsely, above all at the first stall after a trigger was set without privileges, when it
 * compares with a total that it never kept. So the total that everybody can read must have grown as much, too.
 */
final class StallTrigger implements Notice {
    private static final long PRIVILEGED_WINDOW_MICROS = 500_000;
    /* Without CAP_SYS_RESOURCE the kernel looks every two seconds only, and takes no other window. */
    private static final long WINDOW_MICROS = 2_000_000;
    private static final Pattern TEXT = Pattern.compile("(some|full) (\\d{1,9}) (\\d{1,9})[\\x00\\n]*");
    private static final byte[] TOTAL = "total=".getBytes(US_ASCII);

    private final int descriptor;
    private final char line;
    private final long stallMicros;
    private final String words;
    private long acceptedMicros;

    private StallTrigger(int descriptor, char line, long stallMicros, String words, long acceptedMicros) {
        this.descriptor = descriptor;
        this.line = line;
        this.stallMicros = stallMicros;
        this.words = words;
        this.acceptedMicros = acceptedMicros;
    }

    /** The texts of a trigger for a share of time in which some task stands still, the best first. */
    static List<byte[]> texts(double someShare) {
        return List.of(text(someShare, PRIVILEGED_WINDOW_MICROS), text(someShare, WINDOW_MICROS));
    }

    /* The kernel takes the last byte for the end of the text, whatever it is. */
    private static byte[] text(double share, long windowMicros) {
        return ("some " + Math.max(1, Math.round(share * windowMicros)) + " " + windowMicros + "\0").getBytes(US_ASCII);
    }

    /**
     * Sets a trigger.
     *
     * @param texts what to write there; the next one if the kernel does not take the one before, or not from us
     * @param scope whose stalls these are, in words
     */
    static StallTrigger arm(Kernel kernel, ByteBuffer scratch, Path file, List<byte[]> texts, String scope)
            throws RefusedException {
        int descriptor = Arming.open(kernel, file, Kernel.READ_AND_WRITE, scope);
        int answer = -Errno.EINVAL;
        for (byte[] text : texts) {
            // What stood still until now is no news.
            StallTrigger trigger = of(text, descriptor, kernel, scratch, scope);
            answer = Arming.write(kernel, descriptor, scratch, text);
            if (answer >= 0) {
                return trigger;
            }
            if (answer != -Errno.EINVAL && answer != -Errno.EPERM) {
                break;
            }
        }
        kernel.close(descriptor);
        throw Arming.refused(kernel, scope + ": " + file, answer);
    }

    private static StallTrigger of(byte[] text, int descriptor, Kernel kernel, ByteBuffer scratch, String scope) {
        Matcher known = TEXT.matcher(new String(text, ISO_8859_1));
        if (!known.matches()) {
            return new StallTrigger(descriptor, 's', 0, scope + ": a trigger of its own", 0);
        }
        long stallMicros = Long.parseLong(known.group(2));
        long windowMicros = Long.parseLong(known.group(3));
        String words =
                scope + ": " + known.group(1) + " " + stallMicros / 1_000 + " ms of " + windowMicros / 1_000 + " ms";
        char line = known.group(1).charAt(0);
        return new StallTrigger(
                descriptor, line, stallMicros, words, Math.max(0, totalMicros(descriptor, line, kernel, scratch)));
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public short events() {
        return Kernel.POLLPRI;
    }

    @Override
    public Meaning take(int happened, Kernel kernel, ByteBuffer scratch) {
        if ((happened & (Kernel.POLLERR | Kernel.POLLHUP | Kernel.POLLNVAL)) != 0) {
            return Meaning.GONE;
        }
        long totalMicros = totalMicros(descriptor, line, kernel, scratch);
        if (totalMicros < 0) {
            return Meaning.GONE;
        }
        if (totalMicros - acceptedMicros < stallMicros) {
            return Meaning.NOTHING;
        }
        acceptedMicros = totalMicros;
        return Meaning.LOOK;
    }

    @Override
    public String words() {
        return words;
    }

    /* For how long tasks have stood still since the machine started; negative if that cannot be read. */
    private static long totalMicros(int descriptor, char line, Kernel kernel, ByteBuffer scratch) {
        int length = kernel.readAgain(descriptor, scratch);
        boolean inLine = false;
        for (int at = 0; at < length; at++) {
            if (at == 0 || scratch.get(at - 1) == '\n') {
                inLine = scratch.get(at) == line;
            }
            if (inLine && isTotal(scratch, at, length)) {
                return number(scratch, at + TOTAL.length, length);
            }
        }
        return -1;
    }

    private static boolean isTotal(ByteBuffer scratch, int at, int length) {
        for (int i = 0; i < TOTAL.length; i++) {
            if (at + i >= length || scratch.get(at + i) != TOTAL[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(ByteBuffer scratch, int from, int length) {
        long number = 0;
        for (int at = from; at < length && scratch.get(at) >= '0' && scratch.get(at) <= '9'; at++) {
            number = 10 * number + scratch.get(at) - '0';
        }
        return number;
    }
}
