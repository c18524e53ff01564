package dev.oriel.pressure.linux;

import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import dev.oriel.pressure.StallThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pressure stall information: how much of the time tasks stand still for want of memory, on the whole machine and in
 * this process's own group, whichever is worse. While there is plenty of memory, stalls of the machine are told but do not
 * count: they are those of a group that has used up its own limit, which nobody else can mend by giving memory back.
 */
final class PsiSource implements MemorySource {
    private final StallThresholds thresholds;
    private final CgroupPlacement placement;
    private final KernelText text;
    private final PressureFile machine;
    private final SourceAbsentException absent;
    private @Nullable Path groupDirectory;
    private @Nullable PressureFile group;
    private final BooleanSupplier plenty;
    private boolean machineTold;
    private boolean groupTold;

    PsiSource(
            StallThresholds thresholds, Path root, CgroupPlacement placement, BooleanSupplier plenty, KernelText text) {
        this.thresholds = thresholds;
        this.placement = placement;
        this.plenty = plenty;
        this.text = text;
        machine = new PressureFile(root.resolve("proc/pressure/memory"), "whole machine", thresholds);
        absent = new SourceAbsentException("no stalls can be read from " + machine.path()
                + ": the kernel is too old, was started with psi=0 or keeps them from this process");
    }

    @Override
    public String name() {
        return "psi";
    }

    @Override
    public void look(Depth depth, long nowNanos) throws IOException, SourceAbsentException {
        followGroup();
        machineTold = look(machine, depth, nowNanos);
        PressureFile own = group;
        groupTold = own != null && look(own, depth, nowNanos);
        if (!machineTold && !groupTold) {
            throw absent;
        }
    }

    /* Keeps the file, and with it what was read before, for as long as the process stays in its group. */
    private void followGroup() throws IOException {
        Path directory = placement.unifiedDirectory();
        if (directory == null ? groupDirectory == null : directory.equals(groupDirectory)) {
            return;
        }
        groupDirectory = directory;
        if (group != null) {
            group.close();
        }
        // The true root of the tree has no type; its stalls are the machine's.
        group = directory != null && Files.exists(directory.resolve("cgroup.type"))
                ? new PressureFile(directory.resolve("memory.pressure"), "own group", thresholds)
                : null;
    }

    /* What is missing is looked for again by full looks only. */
    private boolean look(PressureFile file, Depth depth, long nowNanos) throws MalformedTextException {
        if (depth == Depth.QUICK && !file.isOpen()) {
            return false;
        }
        try {
            file.look(text, nowNanos);
            return true;
        } catch (MalformedTextException ours) {
            throw ours;
        } catch (IOException missingOrSwitchedOff) {
            return false;
        }
    }

    @Override
    public PressureLevel level() {
        PressureLevel ofMachine = levelOfMachine();
        return groupTold && ownLevel().isAtLeast(ofMachine) ? ownLevel() : ofMachine;
    }

    private PressureLevel ownLevel() {
        return group == null ? PressureLevel.GREEN : group.level();
    }

    private PressureLevel levelOfMachine() {
        return machineTold && !plenty.getAsBoolean() ? machine.level() : PressureLevel.GREEN;
    }

    @Override
    public boolean isStirring() {
        return (machine.isStirring() && !plenty.getAsBoolean()) || (group != null && group.isStirring());
    }

    @Override
    public SourceReading reading() {
        PressureLevel ofMachine = levelOfMachine();
        PressureFile own = group;
        if (own != null && groupTold && (!machineTold || own.level().compareTo(ofMachine) > 0)) {
            return own.reading(name());
        }
        SourceReading told = machine.reading(name());
        return told.level() == ofMachine
                ? told
                : new SourceReading(
                        name(),
                        ofMachine,
                        told.evidence() + "; it does not count while there is plenty",
                        told.marginBytes(),
                        told.numbers());
    }

    @Override
    public void close() throws IOException {
        machine.close();
        if (group != null) {
            group.close();
        }
    }
}
