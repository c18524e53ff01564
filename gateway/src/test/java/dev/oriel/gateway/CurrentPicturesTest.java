package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CurrentPicturesTest {

    private static final SpaceId A = new SpaceId("a");
    private static final SpaceId B = new SpaceId("b");

    private final CurrentPictures pictures = new CurrentPictures();

    private static CaptureSchedule schedule(Quality... qualities) {
        return new CaptureSchedule(List.of(new CaptureTarget(A, Set.of(qualities), Duration.ZERO)), 0);
    }

    private static FrameInfo frame(SpaceId space, Quality quality) {
        return new FrameInfo(space, 1, Instant.EPOCH, 16, 16, quality, 85, 16);
    }

    @Test
    void aPictureIsCurrentOnceItCameWhileItIsCaptured() {
        pictures.follow(schedule(Quality.FAST));
        assertThat(pictures.include(A, Quality.FAST)).isFalse();

        pictures.came(frame(A, Quality.FAST));
        assertThat(pictures.include(A, Quality.FAST)).isTrue();
        assertThat(pictures.include(A, Quality.OPTIMIZED)).isFalse();
        assertThat(pictures.include(B, Quality.FAST)).isFalse();
    }

    @Test
    void aPictureThatNobodyAskedForIsNotCurrent() {
        pictures.came(frame(A, Quality.FAST));
        pictures.follow(schedule(Quality.FAST));

        assertThat(pictures.include(A, Quality.FAST)).isFalse();
    }

    @Test
    void aPictureThatIsNoLongerCapturedIsNotCurrent() {
        pictures.follow(schedule(Quality.FAST));
        pictures.came(frame(A, Quality.FAST));

        pictures.follow(CaptureSchedule.NOTHING);
        assertThat(pictures.include(A, Quality.FAST)).isFalse();

        pictures.follow(schedule(Quality.FAST));
        assertThat(pictures.include(A, Quality.FAST)).isFalse();
    }

    @Test
    void aPictureStaysCurrentWhenOthersAreCapturedToo() {
        pictures.follow(schedule(Quality.FAST));
        pictures.came(frame(A, Quality.FAST));

        pictures.follow(schedule(Quality.FAST, Quality.THUMBNAIL));

        assertThat(pictures.include(A, Quality.FAST)).isTrue();
        assertThat(pictures.include(A, Quality.THUMBNAIL)).isFalse();
    }

    @Test
    void onlyTheRevisionThatCameLastIsCurrent() {
        FrameInfo older = frame(A, Quality.FAST);
        FrameInfo newer = new FrameInfo(A, 2, Instant.EPOCH, 16, 16, Quality.FAST, 85, 16);
        pictures.follow(schedule(Quality.FAST));
        pictures.came(older);
        assertThat(pictures.include(older)).isTrue();

        pictures.came(newer);
        assertThat(pictures.include(older)).isFalse();
        assertThat(pictures.include(newer)).isTrue();
    }

    @Test
    void aSpaceThatCannotBeReadHasNoCurrentPicturesUntilOneComesAgain() {
        pictures.follow(schedule(Quality.FAST));
        pictures.came(frame(A, Quality.FAST));

        pictures.keepOnly(Set.of(B));
        assertThat(pictures.include(A, Quality.FAST)).isFalse();
        assertThat(pictures.interval(A, Quality.FAST)).isEmpty();

        pictures.came(frame(A, Quality.FAST));
        assertThat(pictures.interval(A, Quality.FAST)).contains(Duration.ZERO);
    }
}
