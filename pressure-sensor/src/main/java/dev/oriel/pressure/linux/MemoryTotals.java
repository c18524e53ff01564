package dev.oriel.pressure.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The machine's memory. {@code MemAvailable} is what can be had without swapping; {@code MemFree} would count memory
 * that merely caches files as used up.
 */
record MemoryTotals(long totalBytes, OptionalLong availableBytes) {

    static MemoryTotals read(KernelText text, Path root) throws IOException {
        return parse(text.read(root.resolve("proc/meminfo")));
    }

    static MemoryTotals parse(KernelText text) throws MalformedTextException {
        OptionalLong total = kibibytes(text, "MemTotal:");
        if (total.isEmpty() || total.getAsLong() == 0) {
            throw text.malformed("no MemTotal");
        }
        return new MemoryTotals(total.getAsLong(), kibibytes(text, "MemAvailable:"));
    }

    private static OptionalLong kibibytes(KernelText text, String key) throws MalformedTextException {
        OptionalLong number = text.number(key);
        return number.isEmpty() ? number : OptionalLong.of(number.getAsLong() * 1024);
    }
}
