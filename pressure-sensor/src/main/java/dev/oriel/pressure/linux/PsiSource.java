package dev.oriel.pressure.linux;

import dev.oriel.pressure.SourceReading;
import dev.oriel.pressure.StallThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pressure stall information: how much of the time tasks stand still for want of memory, on the whole machine and in
 * this process's own group, whichever is worse.
 */
final class PsiSource implements MemorySource {
    private final StallThresholds thresholds;
    private final CgroupPlacement placement;
    private final KernelText text;
    private final LongSupplier nanoTime;
    private final PressureFile machine;
    private @Nullable PressureFile group;

    PsiSource(
            StallThresholds thresholds, Path root, CgroupPlacement placement, KernelText text, LongSupplier nanoTime) {
        this.thresholds = thresholds;
        this.placement = placement;
        this.text = text;
        this.nanoTime = nanoTime;
        machine = new PressureFile(root.resolve("proc/pressure/memory"), "whole machine", thresholds);
    }

    @Override
    public String name() {
        return "psi";
    }

    @Override
    public SourceReading read() throws IOException, SourceAbsentException {
        group = groupFile();
        return Stream.of(read(machine), group == null ? Optional.<SourceReading>empty() : read(group))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(SourceReading::level))
                .orElseThrow(() -> new SourceAbsentException("no stalls can be read from " + machine.file()
                        + ": the kernel is too old, was started with psi=0 or keeps them from this process"));
    }

    /* Keeps the file, and with it what was read before, for as long as the process stays in its group. */
    private @Nullable PressureFile groupFile() {
        Path file = groupDirectory()
                .map(directory -> directory.resolve("memory.pressure"))
                .orElse(null);
        if (file == null || !Files.exists(file)) {
            return null;
        }
        return group != null && group.file().equals(file) ? group : new PressureFile(file, "own group", thresholds);
    }

    private Optional<Path> groupDirectory() {
        try {
            return placement.groups(text).unified();
        } catch (IOException | SourceAbsentException toldByTheCgroupSource) {
            return Optional.empty();
        }
    }

    private Optional<SourceReading> read(PressureFile file) throws MalformedTextException {
        try {
            return Optional.of(file.read(name(), text, nanoTime.getAsLong()));
        } catch (MalformedTextException ours) {
            throw ours;
        } catch (IOException missingOrSwitchedOff) {
            return Optional.empty();
        }
    }
}
