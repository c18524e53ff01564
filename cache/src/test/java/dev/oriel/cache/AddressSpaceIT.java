package dev.oriel.cache;

import static dev.oriel.cache.ChildJvm.require;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameMemory.ExhaustedException;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TaggedFrames;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A budget that the operating system does not cover: the process may have less address space. */
@EnabledOnOs(OS.LINUX)
class AddressSpaceIT {

    @Test
    void withoutAddressSpaceFramesAreRefusedAndNothingIsLostOrTorn() throws Exception {
        ChildJvm.Result result = ChildJvm.run("ulimit -v " + 600 * 1024, 32, Child.class);

        assertThat(result.output()).endsWith("done\n").contains("refused: the operating system has no");
        assertThat(result.status()).isZero();
    }

    /** What runs under the limit. */
    static final class Child {

        private static final long MEBIBYTE = 1024 * 1024;
        private static final int STRIPES = 4;
        private static final int STRIPE_BYTES = 64 * 1024;
        private static final int TRIES = 50;

        private final FrameCache cache = FrameCache.open(
                FrameCacheSettings.defaults().withBudgetBytes(4096 * MEBIBYTE).withPoisonFreed(true),
                Clock.systemUTC());
        private int spaces;

        public static void main(String[] arguments) {
            new Child().run();
            System.out.println("done");
        }

        private void run() {
            cache.resize(64 * MEBIBYTE);
            putUntilRefusedOr(100);
            cache.resize(4096 * MEBIBYTE);

            int held = putUntilRefusedOr(Integer.MAX_VALUE);
            CacheStats full = cache.stats();
            require(full.liveBytes() > 100 * MEBIBYTE, "so much fits", full);
            for (int attempt = 0; attempt < TRIES; attempt++) {
                require(putUntilRefusedOr(1) == held, "refused again", attempt);
            }
            require(cache.stats().chargedBytes() == full.chargedBytes(), "a refusal costs nothing", cache.stats());
            requireIntact(0);

            int kept = spaces / 2;
            for (int space = 0; space < kept; space++) {
                cache.forget(space(space));
            }
            requireIntact(kept);
            require(putUntilRefusedOr(40) == spaces && spaces == held + 40, "goes on", spaces);
            requireIntact(kept);
            putUntilRefusedOr(Integer.MAX_VALUE);
            cache.resize(20 * MEBIBYTE);
            require(cache.stats().chargedBytes() <= 20 * MEBIBYTE, "shrinks", cache.stats());
            for (int space = kept; space < spaces; space++) {
                cache.forget(space(space));
            }
            int before = spaces;
            require(putUntilRefusedOr(40) == before + 40, "goes on in small", cache.stats());
            requireIntact(before);

            cache.close();
            CacheStats end = cache.stats();
            require(end.chargedBytes() == 0 && end.liveBytes() == 0 && end.segments() == 0, "nothing is left", end);
        }

        /** Each frame is the newest of a space of its own, so that the cache gives up none. Returns how many there were. */
        private int putUntilRefusedOr(int frames) {
            try {
                for (int put = 0; put < frames; put++) {
                    FrameInfo info = new FrameInfo(space(spaces), 1, Instant.now(), 64, 64, Quality.FAST, 70, 16);
                    Optional<Frame> frame = TaggedFrames.fresh(cache.memory(), info, STRIPES, STRIPE_BYTES, spaces);
                    cache.put(frame.orElseThrow());
                    spaces++;
                }
            } catch (ExhaustedException e) {
                System.out.println("refused: " + e.getMessage());
            }
            return spaces;
        }

        private void requireIntact(int first) {
            for (int space = first; space < spaces; space++) {
                try (Frame frame =
                        cache.latest(space(space), Quality.FAST, true).orElseThrow()) {
                    require(TaggedFrames.isIntact(frame), "intact", frame);
                }
            }
        }

        private static SpaceId space(int number) {
            return new SpaceId("s" + number);
        }
    }
}
