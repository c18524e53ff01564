package dev.oriel.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.oriel.benchmarks.simulator.FrameMaker;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.Frame;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What one call of {@code latest()} takes, timed by itself, and allocates, while other threads put or do not. */
final class LatestProbe {

    private static final int SPACES = 9;
    private static final int WARM_UP_CALLS = 3_000_000;
    private static final int TIMED_CALLS = 1_000_000;
    private static final int COUNTED_CALLS = 1_000_000;
    private static final long NANOS_A_PUT = Duration.ofSeconds(1).toNanos() / 1000;
    private static final double SCALE = 1000;

    private final int writers;
    private final FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC());
    private volatile boolean ended;
    private long found;

    LatestProbe(int writers) {
        this.writers = writers;
    }

    Map<String, Long> measure() throws InterruptedException {
        List<ScriptedSpace> spaces = new ArrayList<>();
        FrameMaker maker = new FrameMaker(cache);
        for (int number = 0; number < SPACES; number++) {
            ScriptedSpace space = new ScriptedSpace("space-" + number, maker);
            space.showNew(6000);
            spaces.add(space);
        }
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < writers; number++) {
            int writer = number;
            threads.add(new Thread(() -> write(writer), "writer-" + number));
        }
        threads.forEach(Thread::start);
        call(spaces, WARM_UP_CALLS);
        long before = found;
        Samples calls = time(spaces);
        Samples clock = timeNothing();
        long allocated = allocated(spaces);
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        cache.close();
        if (found - before != TIMED_CALLS + COUNTED_CALLS) {
            throw new BenchmarkFailedException("a newest picture was not found");
        }
        return Map.of(
                "p50", Math.round(calls.median()),
                "p99", Math.round(calls.percentile(99)),
                "clock50", Math.round(clock.median()),
                "clock99", Math.round(clock.percentile(99)),
                "allocatedThousandths", Math.round(allocated * SCALE / COUNTED_CALLS));
    }

    /* The readers' spaces and those of the writers, 1000 small changes a second each. */
    private void write(int writer) {
        ScriptedSpace space = new ScriptedSpace("writer-" + writer, new FrameMaker(cache));
        Random random = new Random(writer);
        space.showNew(6000);
        long next = System.nanoTime();
        while (!ended) {
            space.change(random.nextInt(ScriptedSpace.STRIPES - 1), 2, 3000);
            next += NANOS_A_PUT;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void call(List<ScriptedSpace> spaces, int count) {
        for (int call = 0; call < count; call++) {
            end(cache.latest(spaces.get(call % SPACES).id(), ScriptedSpace.QUALITY, true));
        }
    }

    private void end(Optional<Frame> frame) {
        if (frame.isPresent()) {
            found++;
            frame.get().close();
        }
    }

    private Samples time(List<ScriptedSpace> spaces) {
        double[] nanos = new double[TIMED_CALLS];
        for (int call = 0; call < TIMED_CALLS; call++) {
            ScriptedSpace space = spaces.get(call % SPACES);
            long start = System.nanoTime();
            Optional<Frame> frame = cache.latest(space.id(), ScriptedSpace.QUALITY, true);
            nanos[call] = System.nanoTime() - start;
            end(frame);
        }
        return new Samples(nanos);
    }

    private static Samples timeNothing() {
        double[] nanos = new double[TIMED_CALLS];
        for (int call = 0; call < TIMED_CALLS; call++) {
            long start = System.nanoTime();
            nanos[call] = System.nanoTime() - start;
        }
        return new Samples(nanos);
    }

    private long allocated(List<ScriptedSpace> spaces) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        call(spaces, COUNTED_CALLS);
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
