package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.FrameMaker;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.Frame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** How long a full cache takes from 500 to 50 MB, until the call returns and until the kernel has the pages. */
final class ResizeProbe {

    /** What the cache is full of. */
    enum Content {
        /** Pictures of 300 to 500 KB in which everything is new. */
        FRAMES("whole frames") {
            @Override
            void change(ScriptedSpace space, Random random) {
                space.showNew(4400 + random.nextInt(3000));
            }
        },
        /** Pictures in which two stripes of 68 are new, and now and then one in which all are. */
        TYPING("a history of typing") {
            @Override
            void change(ScriptedSpace space, Random random) {
                if (space.revision() % 200 == 0) {
                    space.showNew(4000 + random.nextInt(2000));
                } else {
                    space.change(random.nextInt(ScriptedSpace.STRIPES - 1), 2, 5000 + random.nextInt(3000));
                }
            }
        };

        private final String label;

        Content(String label) {
            this.label = label;
        }

        /** For people. */
        String label() {
            return label;
        }

        abstract void change(ScriptedSpace space, Random random);
    }

    private static final int SETTLE_MILLIS = 60;
    static final int SPACES = 9;

    private static final int PUTS_AT_ONCE = 90;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long FULL_BYTES = 500 * MEGABYTE;
    private static final long SHRUNK_BYTES = 50 * MEGABYTE;
    private static final double NANOS_A_MICRO = 1e3;

    /** Bytes that live no more and are still resident would make a shrink look fast. */
    private static final double LEAST_FALLEN = 0.95;

    private final Content content;
    private final int rounds;
    private final FrameCache cache =
            FrameCache.open(FrameCacheSettings.defaults().withBudgetBytes(FULL_BYTES), Clock.systemUTC());
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Random random = new Random(3);
    private final List<ScriptedSpace> spaces = new ArrayList<>();
    private int next;
    private long frames;

    ResizeProbe(Content content, int rounds) {
        this.content = content;
        this.rounds = rounds;
        FrameMaker maker = new FrameMaker(cache);
        for (int number = 0; number < SPACES; number++) {
            spaces.add(new ScriptedSpace("space-" + number, maker));
        }
    }

    Map<String, Long> measure() throws IOException, InterruptedException {
        try (ResidentSet set = new ResidentSet()) {
            return measure(set);
        }
    }

    private Map<String, Long> measure(ResidentSet set) throws InterruptedException {
        List<Double> returned = new ArrayList<>();
        List<Double> worked = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        List<Double> due = new ArrayList<>();
        long lost = 0;
        for (int round = 0; round <= rounds; round++) {
            fill();
            ResidentFall fall = new ResidentFall(set::bytes, 0);
            fall.start();
            fall.awaitFirst();
            long live = cache.stats().liveBytes();
            long cpu = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            cache.resize(SHRUNK_BYTES);
            long nanos = System.nanoTime() - start;
            cpu = threads.getCurrentThreadCpuTime() - cpu;
            awaitStill(fall);
            ResidentFall.Course course = fall.end();
            requireFallen(course.fallenBytes(), live - cache.stats().liveBytes());
            lost += spaces.stream().filter(space -> !hasNewest(space)).count();
            if (round > 0) {
                returned.add(nanos / NANOS_A_MICRO);
                worked.add(cpu / NANOS_A_MICRO);
                long last = course.firstBytes() - course.fallenBytes();
                most.add(nanosUntil(course, start, last + (long) (0.1 * course.fallenBytes())) / NANOS_A_MICRO);
                all.add(nanosUntil(course, start, last + ResidentSet.SLACK_BYTES) / NANOS_A_MICRO);
                due.add((double) course.fallenBytes());
            }
        }
        cache.close();
        return Map.ofEntries(
                entry("rounds", rounds),
                entry("lost", lost),
                entry("dueBytes", new Samples(due).median()),
                entry("return50", new Samples(returned).median()),
                entry("return99", new Samples(returned).percentile(99)),
                entry("returnMax", new Samples(returned).max()),
                entry("cpu50", new Samples(worked).median()),
                entry("cpu99", new Samples(worked).percentile(99)),
                entry("most50", new Samples(most).median()),
                entry("most99", new Samples(most).percentile(99)),
                entry("mostMax", new Samples(most).max()),
                entry("all50", new Samples(all).median()),
                entry("all99", new Samples(all).percentile(99)),
                entry("allMax", new Samples(all).max()),
                entry("frames", frames));
    }

    private static double nanosUntil(ResidentFall.Course course, long start, long leftBytes) {
        return course.nanosUntil(start, leftBytes).orElseThrow();
    }

    /* Until nothing has gone for a while. */
    private static void awaitStill(ResidentFall fall) throws InterruptedException {
        int before;
        do {
            before = fall.steps();
            Thread.sleep(SETTLE_MILLIS);
        } while (fall.steps() != before);
    }

    private static void requireFallen(long fallenBytes, long dueBytes) {
        if (fallenBytes < LEAST_FALLEN * dueBytes) {
            throw new IllegalStateException(fallenBytes + " bytes went back to the system, " + dueBytes + " were due");
        }
    }

    private static Map.Entry<String, Long> entry(String name, double value) {
        return Map.entry(name, Math.round(value));
    }

    /** Until the budget or the number of frames is reached. */
    private void fill() {
        cache.resize(FULL_BYTES);
        long charged = 0;
        long before;
        do {
            before = charged;
            for (int puts = 0; puts < PUTS_AT_ONCE; puts++) {
                content.change(spaces.get(next++ % SPACES), random);
            }
            charged = cache.stats().chargedBytes();
        } while (charged > before && charged < FULL_BYTES - MEGABYTE);
        frames = cache.stats().frames();
    }

    private boolean hasNewest(ScriptedSpace space) {
        Optional<Frame> newest = cache.newest(space.id());
        newest.ifPresent(Frame::close);
        return newest.filter(frame -> frame.revision() == space.revision()).isPresent();
    }
}
