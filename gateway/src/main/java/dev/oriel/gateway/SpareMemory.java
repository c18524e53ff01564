package dev.oriel.gateway;

import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.SourceReading;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be taken of a machine, or of the group of processes around this one, before anything is killed.
 *
 * @param source the sensor that tells the least
 * @param availableBytes what is there
 * @param reserveBytes what has to stay
 */
record SpareMemory(String source, long availableBytes, long reserveBytes) {

    /* Half of what is left where RED begins: all levels can be seen without taking what cannot be lost. */
    private static final int RESERVED_ONE_IN = 20;
    private static final long MOST_RESERVED_BYTES = 1L << 30;

    /** The least that a sensor tells; nothing if none tells of bytes. */
    static SpareMemory of(PressureReading reading) {
        return reading.sources().stream()
                .flatMap(SpareMemory::of)
                .min(Comparator.comparingLong(SpareMemory::megabytes))
                .orElse(new SpareMemory("no sensor", 0, 0));
    }

    /* Others may tell of bytes too, but not of such as anyone could take. */
    private static Stream<SpareMemory> of(SourceReading source) {
        return switch (source.name()) {
            case "memavailable" -> Stream.of(of(source, "totalBytes"));
            case "cgroup" -> Stream.of(of(source, "limitBytes"));
            default -> Stream.empty();
        };
    }

    private static SpareMemory of(SourceReading source, String whole) {
        long wholeBytes = source.numbers().getOrDefault(whole, 0L);
        return new SpareMemory(
                source.name(),
                source.numbers().getOrDefault("availableBytes", 0L),
                Math.min(wholeBytes / RESERVED_ONE_IN, MOST_RESERVED_BYTES));
    }

    long availableMegabytes() {
        return availableBytes / Ballast.MEGABYTE;
    }

    /** What may be taken. */
    long megabytes() {
        return Math.max(0, availableBytes - reserveBytes) / Ballast.MEGABYTE;
    }

    /**
     * Does nothing if so much may be taken.
     *
     * @throws SettingsException that names the numbers, if not
     */
    void refuseMoreThan(int wanted) {
        if (wanted > megabytes()) {
            throw new SettingsException(
                    List.of("--megabytes is " + wanted + ", more than can be lost here; allowed: up to "
                            + megabytes() + ", or --force (" + source + " tells " + availableMegabytes()
                            + " MB available, of which " + reserveBytes / Ballast.MEGABYTE + " have to stay)"));
        }
    }
}
