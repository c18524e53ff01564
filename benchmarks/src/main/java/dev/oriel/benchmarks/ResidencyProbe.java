package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.FrameMaker;
import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.Frame;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/*
 * What is resident comes from the kernel: all anonymous pages of the process, less those that it had before. The Java heap is
 * in memory as a whole from the start, so that it does not grow meanwhile; whatever else Java takes counts as ours. What is
 * live is counted by asking for every picture that was ever put and adding up the different stripes of those still there.
 */
/** How much memory stays resident for how much that is live, after shrinks of a cache full of large and tiny changes. */
final class ResidencyProbe {

    /** Given to the Java that runs this. */
    static final String JAVA_OPTIONS = "-XX:+AlwaysPreTouch -Xms64m";

    private static final int ROUNDS = 24;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long FULL_BYTES = 250 * MEGABYTE;
    private static final int PUTS = 12_000;
    private static final int SETTLE_MILLIS = 300;
    private static final long ALLOWANCE_BYTES = 4 * MEGABYTE;
    private static final double SCALE = 1000;

    private final FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC());
    private final FrameMaker maker = new FrameMaker(cache);
    private final ProcessMeter meter = new ProcessMeter(ProcessHandle.current().pid());
    private final Random random = new Random(7);

    /** What the cache is full of. */
    private enum Load {
        /** A few large spaces: whole pictures, a third of one, and changes of one or two stripes. */
        MIXED(9, 10, 120) {
            @Override
            int stripeBytes(Random random) {
                return 200 + random.nextInt(6000);
            }

            @Override
            void change(ScriptedSpace space, Random random) {
                int kind = random.nextInt(100);
                int count = kind < 3 ? ScriptedSpace.STRIPES : kind < 10 ? 20 : 1 + kind % 2;
                change(space, count, random);
            }
        },
        /** Many spaces of small stripes that change one by one, so that what is newest lies among what is not. */
        SCATTERED(64, 5, 10) {
            @Override
            int stripeBytes(Random random) {
                return 200 + random.nextInt(1300);
            }

            @Override
            void change(ScriptedSpace space, Random random) {
                change(space, 1, random);
            }
        };

        private final int spaces;
        private final int leastMegabytes;
        private final int mostMegabytes;

        Load(int spaces, int leastMegabytes, int mostMegabytes) {
            this.spaces = spaces;
            this.leastMegabytes = leastMegabytes;
            this.mostMegabytes = mostMegabytes;
        }

        abstract int stripeBytes(Random random);

        abstract void change(ScriptedSpace space, Random random);

        void change(ScriptedSpace space, int count, Random random) {
            space.change(random.nextInt(ScriptedSpace.STRIPES - count + 1), count, stripeBytes(random));
        }

        long shrunkBytes(Random random) {
            return (leastMegabytes + random.nextInt(mostMegabytes - leastMegabytes)) * MEGABYTE;
        }
    }

    /** A space and what its pictures had. */
    private static final class Remembered {

        private final ScriptedSpace space;
        private final Map<Long, int[]> contents = new HashMap<>();

        Remembered(ScriptedSpace space) {
            this.space = space;
        }

        void change(Load load, Random random) {
            if (contents.isEmpty()) {
                space.showNew(load.stripeBytes(random));
            } else {
                load.change(space, random);
            }
            contents.put(space.revision(), space.contents());
        }

        long liveBytes(FrameCache cache) {
            Set<Integer> live = new HashSet<>();
            contents.keySet().removeIf(revision -> !isHeld(cache, revision));
            contents.values().forEach(stripes -> {
                for (int content : stripes) {
                    live.add(content);
                }
            });
            return live.stream().mapToLong(ScriptedSpace::bytesOf).sum();
        }

        private boolean isHeld(FrameCache cache, long revision) {
            Optional<Frame> frame = cache.revision(space.id(), ScriptedSpace.QUALITY, revision);
            frame.ifPresent(Frame::close);
            return frame.isPresent();
        }
    }

    Map<String, Long> measure() throws IOException, InterruptedException {
        forget(shrunk(0));
        long before = meter.anonymousBytes() - cache.stats().residentBytes();
        List<Double> ratios = new ArrayList<>();
        List<Double> byStats = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (int round = 1; round <= ROUNDS; round++) {
            List<Remembered> spaces = shrunk(round);
            long resident = meter.anonymousBytes() - before;
            long residentByStats = cache.stats().residentBytes();
            long live =
                    spaces.stream().mapToLong(space -> space.liveBytes(cache)).sum();
            ratios.add((double) (resident - ALLOWANCE_BYTES) / live);
            byStats.add((double) residentByStats / live);
            least = Math.min(least, live);
            forget(spaces);
        }
        cache.close();
        return Map.of(
                "ratioThousandths", Math.round(new Samples(ratios).max() * SCALE),
                "medianThousandths", Math.round(new Samples(ratios).median() * SCALE),
                "statsThousandths", Math.round(new Samples(byStats).max() * SCALE),
                "leastLiveBytes", least,
                "rounds", (long) ROUNDS);
    }

    /** Fills the cache, shrinks it and lets it settle. */
    private List<Remembered> shrunk(int round) throws InterruptedException {
        Load load = Load.values()[round % Load.values().length];
        cache.resize(FULL_BYTES);
        List<Remembered> spaces = new ArrayList<>();
        for (int number = 0; number < load.spaces; number++) {
            spaces.add(new Remembered(new ScriptedSpace("space-" + round + "-" + number, maker)));
        }
        for (int puts = 0; puts < PUTS; puts++) {
            spaces.get(puts % load.spaces).change(load, random);
        }
        cache.resize(load.shrunkBytes(random));
        Thread.sleep(SETTLE_MILLIS);
        return spaces;
    }

    private void forget(List<Remembered> spaces) {
        spaces.forEach(space -> cache.forget(space.space.id()));
    }
}
