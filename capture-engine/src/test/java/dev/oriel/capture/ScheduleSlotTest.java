package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleSlotTest {

    private static final SpaceId A = new SpaceId("a");
    private static final SpaceId B = new SpaceId("b");

    private final ScheduleSlot slot = new ScheduleSlot();

    private static CaptureTarget target(SpaceId space, Quality... qualities) {
        return new CaptureTarget(space, Set.copyOf(Arrays.asList(qualities)), Duration.ZERO);
    }

    private static CaptureSchedule schedule(CaptureTarget... targets) {
        return new CaptureSchedule(List.of(targets), 0);
    }

    @Test
    void givesTheNewestOnce() {
        slot.put(schedule(target(A, Quality.FAST)));
        slot.put(schedule(target(B, Quality.FAST)));

        assertThat(slot.look().orElseThrow().newest()).isEqualTo(schedule(target(B, Quality.FAST)));
        assertThat(slot.look()).isEmpty();
    }

    @Test
    void whatWasLeftOutForAMomentIsNotWantedThroughout() {
        slot.put(schedule(target(A, Quality.FAST), target(B, Quality.FAST)));
        slot.look();

        slot.put(schedule(target(B, Quality.FAST)));
        slot.put(schedule(target(A, Quality.FAST), target(B, Quality.FAST)));

        Map<SpaceId, Set<Quality>> wanted = slot.look().orElseThrow().wantedThroughout();
        assertThat(wanted.getOrDefault(A, Set.of())).isEmpty();
        assertThat(wanted.get(B)).containsExactly(Quality.FAST);
    }

    @Test
    void aQualityThatWasLeftOutForAMomentIsNotWantedThroughout() {
        slot.put(schedule(target(A, Quality.FAST, Quality.FULL)));
        slot.look();

        slot.put(schedule(target(A, Quality.FULL)));
        slot.put(schedule(target(A, Quality.FAST, Quality.FULL)));

        assertThat(slot.look().orElseThrow().wantedThroughout().get(A)).containsExactly(Quality.FULL);
    }

    @Test
    void atAnotherJpegQualityNothingIsWantedThroughout() {
        slot.put(schedule(target(A, Quality.FAST)));
        slot.look();

        slot.put(new CaptureSchedule(List.of(target(A, Quality.FAST)), 25));
        slot.put(schedule(target(A, Quality.FAST)));

        assertThat(slot.look().orElseThrow().wantedThroughout()).isEmpty();
    }

    @Test
    void aTargetIsSupersededWhenNothingOfItIsWantedAnyMore() {
        CaptureTarget both = target(A, Quality.FAST, Quality.FULL);
        CaptureSchedule followed = schedule(both, target(B, Quality.FAST));
        slot.put(followed);
        assertThat(slot.supersedes(followed, both)).isFalse();

        slot.put(schedule(target(A, Quality.FULL, Quality.THUMBNAIL)));
        assertThat(slot.supersedes(followed, both)).isFalse();
        assertThat(slot.supersedes(followed, target(B, Quality.FAST))).isTrue();

        slot.put(schedule(target(A, Quality.THUMBNAIL)));
        assertThat(slot.supersedes(followed, both)).isTrue();

        slot.put(new CaptureSchedule(List.of(both), 25));
        assertThat(slot.supersedes(followed, both)).isTrue();
    }
}
