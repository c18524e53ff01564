package dev.oriel.benchmarks;

/**
 * The memory of a process, or of several together.
 *
 * @param residentBytes all pages in memory (RSS)
 * @param proportionalBytes the same, each page shared among those who use it (PSS)
 */
record ProcessBytes(long residentBytes, long proportionalBytes) {

    static final double MEGABYTE = 1024 * 1024;

    static ProcessBytes of(ProcessMeter.Memory memory) {
        return new ProcessBytes(
                Math.round(memory.residentMegabytes() * MEGABYTE),
                Math.round(memory.proportionalMegabytes() * MEGABYTE));
    }

    ProcessBytes plus(ProcessBytes other) {
        return new ProcessBytes(residentBytes + other.residentBytes, proportionalBytes + other.proportionalBytes);
    }
}
