package dev.oriel.pressure.linux;

import java.util.Locale;

/** Numbers as a person reads them, the same in every country. */
final class Wording {
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;

    private Wording() {}

    static String share(long partBytes, long wholeBytes) {
        return share(wholeBytes == 0 ? 0 : (double) partBytes / wholeBytes);
    }

    static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String bytes(long bytes) {
        return bytes < GIBIBYTE
                ? String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MEBIBYTE)
                : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE);
    }
}
