package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looking costs no garbage: a sensor that watches over memory should not fill it. */
class ProbingPressureSensorAllocationTest {
    private static final int ROUNDS = 1_000;
    /* The runtime itself allocates now and then, when it loads or compiles: not in every one of these. */
    private static final int WINDOWS = 10;

    @ParameterizedTest
    @EnumSource
    void aRoundInWhichNothingChangesAllocatesNothing(Rounds rounds) throws Exception {
        PressureSensorSettings settings = PressureSensorSettings.defaults()
                .withInterval(Duration.ofDays(1))
                .withRelaxAfter(Duration.ofDays(1));
        CountingProbe probe = new CountingProbe(rounds);
        try (PressureSensor sensor = ProbingPressureSensor.open(
                probe, settings, () -> probe.nanos, Clock.systemUTC(), nanos -> probe.nanos += nanos)) {
            sensor.levels().subscribe();
            assertThat(probe.allocatedBytes.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    enum Rounds {
        FAR_FROM_ANYTHING,
        WITH_NOTICES,
        WHILE_SOMETHING_STIRS,
        NEAR_A_THRESHOLD,
        WHILE_A_BETTER_LEVEL_HAS_TO_HOLD,
        WITHOUT_AN_ANSWER
    }

    /** Lets time pass as soon as it is asked to wait, and ends by itself. */
    private static final class CountingProbe implements PressureProbe {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final Rounds kind;
        private final CompletableFuture<Long> allocatedBytes = new CompletableFuture<>();
        private volatile boolean woken;
        private long nanos;
        private long allocatedBefore;
        private long leastBytes;
        private int looks;

        CountingProbe(Rounds kind) {
            this.kind = kind;
        }

        @Override
        public void look(Depth depth, long nowNanos) {
            looks++;
            if (looks % ROUNDS == 0) {
                long allocated = THREADS.getCurrentThreadAllocatedBytes();
                leastBytes = looks == ROUNDS ? Long.MAX_VALUE : Math.min(leastBytes, allocated - allocatedBefore);
                if (looks == (WINDOWS + 1) * ROUNDS) {
                    allocatedBytes.complete(leastBytes);
                }
                allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            }
        }

        @Override
        public PressureLevel level() {
            return kind == Rounds.WHILE_A_BETTER_LEVEL_HAS_TO_HOLD && looks <= 2 ? RED : GREEN;
        }

        @Override
        public PressureLevel outlook(long aheadNanos) {
            return level();
        }

        @Override
        public long marginBytes() {
            return kind == Rounds.NEAR_A_THRESHOLD ? (1 << 20) + looks : Long.MAX_VALUE;
        }

        @Override
        public long easeBytes() {
            return 0;
        }

        @Override
        public boolean isStirring() {
            return kind == Rounds.WHILE_SOMETHING_STIRS;
        }

        @Override
        public PressureReading reading() {
            return new PressureReading(List.of(), List.of(), Instant.EPOCH);
        }

        @Override
        public boolean await(long waitNanos) {
            boolean notice = kind == Rounds.WITH_NOTICES;
            nanos += notice ? waitNanos / 10 : waitNanos;
            while (looks >= (WINDOWS + 1) * ROUNDS && !woken) {
                LockSupport.parkNanos(1_000_000);
            }
            return notice;
        }

        @Override
        public void wake() {
            woken = true;
        }

        @Override
        public void close() {}
    }
}
