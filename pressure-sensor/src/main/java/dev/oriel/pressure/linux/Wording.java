package dev.oriel.pressure.linux;

/** Numbers as a person reads them, the same in every country. */
final class Wording {
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;

    private Wording() {}

    static String share(long partBytes, long wholeBytes) {
        return share(wholeBytes == 0 ? 0 : (double) partBytes / wholeBytes);
    }

    static String share(double share) {
        return oneDecimal(100 * share) + " %";
    }

    static String bytes(long bytes) {
        return bytes < GIBIBYTE
                ? oneDecimal((double) bytes / MEBIBYTE) + " MiB"
                : oneDecimal((double) bytes / GIBIBYTE) + " GiB";
    }

    /* Not by a format: that alone took as long as everything else that a look does. */
    private static String oneDecimal(double number) {
        long tenths = Math.round(10 * number);
        return tenths / 10 + "." + tenths % 10;
    }
}
