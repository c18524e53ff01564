package dev.oriel.gateway;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** What this process has resident, as the kernel counts it. */
final class ProcessMemory {

    private static final String STATUS = "/proc/self/status";
    private static final String RESIDENT = "VmRSS:";

    private ProcessMemory() {}

    /** Bytes; empty where there is no procfs. */
    static OptionalLong residentBytes() {
        try (InputStream file = new FileInputStream(STATUS)) {
            String status = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            int start = status.indexOf(RESIDENT);
            int end = status.indexOf(" kB", start);
            return start < 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(status.substring(start + RESIDENT.length(), end)
                                    .strip())
                            * 1024);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
