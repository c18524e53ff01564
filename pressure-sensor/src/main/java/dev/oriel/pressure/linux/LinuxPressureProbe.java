package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every source that Linux has. One that is missing or broken is named in the reading and takes nothing away from
 * the others. Holds no files open; used by one thread at a time.
 */
public final class LinuxPressureProbe implements PressureProbe {
    private static final Logger log = LoggerFactory.getLogger(LinuxPressureProbe.class);
    private static final int MAX_LOGGED_REASONS = 32;

    private final List<MemorySource> sources;
    private final Clock clock;
    private final Set<String> loggedReasons = new HashSet<>();
    private final Semaphore wakes = new Semaphore(0);
    private PressureReading reading = new PressureReading(List.of(), List.of(), Instant.EPOCH);

    /**
     * Creates a probe; nothing is read yet.
     *
     * @param settings how to judge
     * @param root the directory that stands for {@code /}
     * @param nanoTime a monotonic count of nanoseconds
     * @param clock tells when a reading was taken
     */
    public LinuxPressureProbe(PressureSensorSettings settings, Path root, LongSupplier nanoTime, Clock clock) {
        KernelText text = new KernelText();
        CgroupPlacement placement = new CgroupPlacement(root, root.resolve("proc/self"));
        this.clock = clock;
        sources = List.of(
                new PsiSource(settings.thresholds().stall(), root, placement, text, nanoTime),
                new AvailableMemorySource(settings.thresholds().available(), root, text),
                new CgroupSource(settings.thresholds().limit(), root, placement, text));
    }

    @Override
    public void look(Depth depth, long nowNanos) {
        reading = probe();
    }

    @Override
    public @Nullable PressureLevel level() {
        return reading.level().orElse(null);
    }

    @Override
    public @Nullable PressureLevel outlook(long aheadNanos) {
        return level();
    }

    @Override
    public long marginBytes() {
        return reading.sources().stream()
                .flatMapToLong(source -> source.marginBytes().stream())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public boolean isStirring() {
        return false;
    }

    @Override
    public PressureReading reading() {
        return reading;
    }

    @Override
    public boolean await(long nanos) {
        try {
            if (wakes.tryAcquire(nanos, NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void wake() {
        wakes.release();
    }

    @Override
    public void close() {
        wakes.drainPermits();
    }

    /**
     * Asks once.
     *
     * @return what the sources said
     */
    public PressureReading probe() {
        List<SourceReading> present = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (MemorySource source : sources) {
            try {
                present.add(source.read());
            } catch (SourceAbsentException reason) {
                absent.add(source.name() + ": " + reason.getMessage());
            } catch (IOException | RuntimeException broken) {
                absent.add(source.name() + ": " + broken.getClass().getSimpleName() + ": " + broken.getMessage());
                logOnce(source, broken);
            }
        }
        return new PressureReading(present, absent, clock.instant());
    }

    private void logOnce(MemorySource source, Exception broken) {
        if (loggedReasons.size() < MAX_LOGGED_REASONS && loggedReasons.add(source.name() + broken)) {
            log.warn("The source {} is left out; the same reason is not logged again", source.name(), broken);
        }
    }
}
