package dev.oriel.benchmarks.simulator;

import static dev.oriel.benchmarks.simulator.TinyTrace.PICTURE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Quality;
import org.junit.jupiter.api.Test;

/** Traces so small that the right number of hits can be counted by hand. */
class PolicyTest {

    private static final long TWO = 2 * PICTURE_BYTES;

    private static long lru(Trace trace, long budget) {
        return Policy.hits(trace, new LruPolicy(Store.ofWholePictures(trace), budget, LruPolicy.NO_TTL));
    }

    private static long byAge(Trace trace, long budget) {
        return Policy.hits(trace, new NewestFirstPolicy(Store.ofWholePictures(trace), budget));
    }

    private static long byShares(Trace trace, long budget) {
        return Policy.hits(trace, new SharesPolicy(Store.ofWholePictures(trace), budget));
    }

    private static long farthest(Trace trace, long budget) {
        return Policy.hits(trace, new FarthestPolicy(Store.ofWholePictures(trace), budget, new NextUses(trace)));
    }

    @Test
    void lruKeepsWhatWasAskedForLast() {
        Trace trace = new TinyTrace()
                .put("a", 0)
                .put("b", 0)
                .lookBack("a")
                .put("c", 0)
                .lookBack("a", "b", "c")
                .trace();
        assertThat(lru(trace, TWO)).isEqualTo(3);
        assertThat(lru(trace, TWO - 1)).isEqualTo(1);
    }

    @Test
    void aTtlEndsWithItsLastMillisecond() {
        Trace trace = new TinyTrace()
                .put("a", 0)
                .latest("a")
                .pause(29_000 - 1000)
                .latest("a", "a")
                .trace();
        assertThat(Policy.hits(trace, new LruPolicy(Store.ofWholePictures(trace), TWO, 30_000)))
                .isEqualTo(2);
        assertThat(lru(trace, TWO)).isEqualTo(3);
    }

    @Test
    void caffeineKeepsToItsWeight() {
        Trace trace = new TinyTrace()
                .put("a", 0)
                .put("b", 0)
                .lookBack("a", "b", "a", "b")
                .trace();
        assertThat(Policy.hits(trace, new CaffeinePolicy(trace.contentBytes(), TWO)))
                .isEqualTo(4);
        assertThat(Policy.hits(trace, new CaffeinePolicy(trace.contentBytes(), PICTURE_BYTES - 1)))
                .isZero();
    }

    @Test
    void newestPicturesOutliveAllHistory() {
        TinyTrace tiny = new TinyTrace().put("still", 0);
        for (int picture = 0; picture < 10; picture++) {
            tiny.put("film " + picture, 1);
        }
        Trace trace =
                tiny.latest("still", "film 9").lookBack("film 8", "film 7").trace();
        assertThat(byAge(trace, TWO)).isEqualTo(2);
        assertThat(byShares(trace, TWO)).isEqualTo(2);
        assertThat(byAge(trace, 2 * TWO)).isEqualTo(4);
        assertThat(lru(trace, TWO)).isEqualTo(1);
    }

    @Test
    void otherQualitiesGoBeforeTheBestPictureOfASpace() {
        TinyTrace tiny = new TinyTrace();
        Trace trace = tiny.put("large", 0, Quality.OPTIMIZED, tiny.content(1000))
                .put("other", 1, Quality.OPTIMIZED, tiny.content(1000))
                .put("thumbnail", 1, Quality.THUMBNAIL, tiny.content(1000))
                .lookBack("large", "other", "thumbnail")
                .trace();
        assertThat(byShares(trace, TWO)).isEqualTo(2);
    }

    @Test
    void aSpaceThatChangesFastLeavesTheOthersTheirHistory() {
        TinyTrace tiny = new TinyTrace().put("typed 1", 0).put("typed 2", 0);
        for (int picture = 0; picture < 30; picture++) {
            tiny.put("film " + picture, 1);
        }
        Trace trace = tiny.lookBack("typed 1").trace();
        assertThat(byAge(trace, 6 * TWO)).isZero();
        assertThat(byShares(trace, 6 * TWO)).isEqualTo(1);
    }

    @Test
    void whatWasAskedForOutlivesWhatNobodySaw() {
        TinyTrace tiny = new TinyTrace().put("seen", 0).latest("seen");
        for (int picture = 0; picture < 10; picture++) {
            tiny.put("unseen " + picture, 0);
        }
        Trace trace = tiny.lookBack("seen").trace();
        assertThat(byShares(trace, 2 * TWO)).isEqualTo(2);
        assertThat(byAge(trace, 2 * TWO)).isEqualTo(1);
    }

    @Test
    void theFutureIsKnownToFarthest() {
        Trace trace = new TinyTrace()
                .put("a", 0)
                .put("b", 0)
                .put("never", 0)
                .put("c", 0)
                .lookBack("b", "a", "b", "c")
                .trace();
        assertThat(farthest(trace, TWO)).isEqualTo(3);
        assertThat(farthest(trace, 2 * TWO)).isEqualTo(4);
        assertThat(lru(trace, TWO)).isEqualTo(1);
    }

    @Test
    void theNewestIsTakenAgainWhenItIsNotThere() {
        Trace trace = new TinyTrace()
                .put("a", 0)
                .put("b", 1)
                .latest("a", "a")
                .lookBack("b", "b")
                .trace();
        assertThat(lru(trace, PICTURE_BYTES)).isEqualTo(1);
    }
}
