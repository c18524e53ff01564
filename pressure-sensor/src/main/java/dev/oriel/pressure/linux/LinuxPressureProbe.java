package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeapSource;
import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureThresholds;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every source that Linux has. One that is missing or broken is named in the reading and takes nothing away from
 * the others. Keeps the files open that it reads again and again.
 */
public final class LinuxPressureProbe implements PressureProbe {
    private static final Logger log = LoggerFactory.getLogger(LinuxPressureProbe.class);
    private static final int MAX_LOGGED_REASONS = 32;
    private static final String NOT_ALONE = "nothing else answers, and this alone tells nothing of the machine";

    private final Clock clock;
    private final CgroupPlacement placement;
    private final List<Asked> sources;
    private final Set<String> loggedReasons = new HashSet<>();

    private final AvailableMemorySource available;
    private final CgroupSource limits;
    private final Asked askedMachine;
    private final Asked askedLimits;
    private final Optional<Notifications> notifications;
    private int changesHeard;

    private LinuxPressureProbe(
            PressureSensorSettings settings, Path root, Optional<Notifications> notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
        KernelText text = new KernelText();
        Path process = root.resolve("proc/self");
        PressureThresholds thresholds = settings.thresholds();
        placement = new CgroupPlacement(root, process, text);
        available = new AvailableMemorySource(thresholds.available(), root, text);
        limits = new CgroupSource(
                thresholds.limit(), settings.forecast().toNanos(), placement, available::totalBytes, text);
        BooleanSupplier plenty = () -> easeBytes() > 0;
        PsiSource psi = new PsiSource(thresholds.stall(), root, placement, plenty, text);
        askedMachine = new Asked(available, true);
        askedLimits = new Asked(limits, true);
        sources = List.of(
                new Asked(psi, true),
                askedMachine,
                askedLimits,
                new Asked(new PageInSource(thresholds.pageIn(), psi::isStirring, plenty, root, text), false),
                new Asked(HeapSource.ofThisProcess(thresholds.heap()), false),
                new Asked(new ProcessSource(thresholds.processCeilingBytes(), process, text), false),
                new Asked(new GpuSource(root, text, NativeNvml::open), false));
    }

    /**
     * Opens a probe that is called by the kernel, too; nothing is read yet.
     *
     * @param settings how to judge
     * @param root the directory that stands for {@code /}
     * @param nanoTime a monotonic count of nanoseconds
     * @param clock tells when a reading was taken
     * @return the probe; the caller closes it
     */
    public static LinuxPressureProbe open(
            PressureSensorSettings settings, Path root, LongSupplier nanoTime, Clock clock) {
        Notifications notifications = Notifications.open(settings, root, Kernel.system(), nanoTime);
        return new LinuxPressureProbe(settings, root, Optional.of(notifications), clock);
    }

    /**
     * Opens a probe that nobody waits for: it looks when it is told to.
     *
     * @param settings how to judge
     * @param root the directory that stands for {@code /}
     * @param clock tells when a reading was taken
     * @return the probe; the caller closes it
     */
    public static LinuxPressureProbe withoutNotices(PressureSensorSettings settings, Path root, Clock clock) {
        return new LinuxPressureProbe(settings, root, Optional.empty(), clock);
    }

    @Override
    public void look(Depth depth, long nowNanos) {
        // A pending interrupt, which is not ours to answer, would close each file at its reading.
        boolean interrupted = Thread.interrupted();
        placement.look(depth, nowNanos);
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).look(depth, nowNanos);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /* When everything was told, as it takes the kernel tens of milliseconds. */
    private void listenAnew() {
        if (notifications.isEmpty() || limits.changes() == changesHeard) {
            return;
        }
        try {
            CgroupPlacement.Groups groups = placement.groups();
            notifications.get().follow(groups.counted(), groups.unified(), limits.limited());
            changesHeard = limits.changes();
        } catch (IOException | SourceAbsentException toldByTheSource) {
            log.debug("the groups are not known, so nobody listens to them", toldByTheSource);
        }
    }

    @Override
    public @Nullable PressureLevel level() {
        return outlook(0);
    }

    @Override
    public @Nullable PressureLevel outlook(long aheadNanos) {
        if (!isMachineSeen()) {
            return null;
        }
        PressureLevel worst = PressureLevel.GREEN;
        for (int i = 0; i < sources.size(); i++) {
            PressureLevel level = sources.get(i).outlook(aheadNanos);
            worst = worst.isAtLeast(level) ? worst : level;
        }
        return worst;
    }

    private boolean isMachineSeen() {
        boolean seen = false;
        for (int i = 0; i < sources.size(); i++) {
            seen |= sources.get(i).tells() && sources.get(i).seesMachine;
        }
        return seen;
    }

    @Override
    public long marginBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < sources.size(); i++) {
            Asked asked = sources.get(i);
            least = asked.tells() ? Math.min(least, asked.source.marginBytes()) : least;
        }
        return least;
    }

    @Override
    public long easeBytes() {
        return askedMachine.tells() && askedLimits.isKnown() ? Math.min(available.easeBytes(), limits.easeBytes()) : 0;
    }

    @Override
    public boolean isStirring() {
        boolean stirring = false;
        for (int i = 0; i < sources.size(); i++) {
            stirring |= sources.get(i).tells() && sources.get(i).source.isStirring();
        }
        return stirring;
    }

    @Override
    public PressureReading reading() {
        List<SourceReading> present = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        boolean machineSeen = isMachineSeen();
        for (Asked asked : sources) {
            if (!asked.tells()) {
                absent.add(asked.silence());
            } else if (machineSeen) {
                present.add(asked.source.reading());
            } else {
                absent.add(asked.source.name() + ": " + NOT_ALONE);
            }
        }
        notifications.ifPresent(notices -> absent.addAll(notices.absent()));
        return new PressureReading(present, absent, clock.instant());
    }

    @Override
    public boolean await(long nanos) {
        listenAnew();
        return notifications.isPresent() && notifications.get().await(nanos);
    }

    @Override
    public void wake() {
        notifications.ifPresent(Notifications::wake);
    }

    @Override
    public void close() {
        notifications.ifPresent(Notifications::close);
        for (Asked asked : sources) {
            close(asked.source);
        }
        close(placement);
    }

    private static void close(AutoCloseable held) {
        try {
            held.close();
        } catch (Exception failure) {
            log.warn("Not all files were closed", failure);
        }
    }

    private void logOnce(MemorySource source, Exception broken) {
        if (loggedReasons.size() < MAX_LOGGED_REASONS && loggedReasons.add(source.name() + broken)) {
            log.warn("The source {} is left out; the same reason is not logged again", source.name(), broken);
        }
    }

    /** A source, and whether it answered at the last look. */
    private final class Asked {
        private final MemorySource source;
        /* Whether a good level of this source alone is a good level: what this process has says nothing of others. */
        private final boolean seesMachine;
        private @Nullable Exception silentBecause = new SourceAbsentException("nobody looked yet");

        Asked(MemorySource source, boolean seesMachine) {
            this.source = source;
            this.seesMachine = seesMachine;
        }

        void look(Depth depth, long nowNanos) {
            try {
                source.look(depth, nowNanos);
                silentBecause = null;
            } catch (SourceAbsentException absent) {
                silentBecause = absent;
            } catch (IOException | RuntimeException broken) {
                silentBecause = broken;
                logOnce(source, broken);
            }
        }

        boolean tells() {
            return silentBecause == null;
        }

        /* That there is no such thing is known, too. */
        boolean isKnown() {
            return tells() || silentBecause instanceof SourceAbsentException;
        }

        PressureLevel outlook(long aheadNanos) {
            return tells() ? source.outlook(aheadNanos) : PressureLevel.GREEN;
        }

        String silence() {
            Exception reason = Objects.requireNonNull(silentBecause);
            String words = reason instanceof SourceAbsentException
                    ? String.valueOf(reason.getMessage())
                    : reason.getClass().getSimpleName() + ": " + reason.getMessage();
            return source.name() + ": " + words;
        }
    }
}
