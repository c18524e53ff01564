package dev.oriel.capture.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoSourceTest {

    private static final SpaceId TYPING = new SpaceId("demo-typing");
    private static final SpaceId VIDEO = new SpaceId("demo-video");
    private static final Duration LONG = Duration.ofHours(1);

    private final FakeTime time = new FakeTime();
    private final DemoSource source = new DemoSource(time);

    @BeforeEach
    void open() {
        source.open();
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void showsSixLiveSpaces() {
        List<Space> spaces = source.spaces();

        assertThat(spaces)
                .extracting(space -> space.id().value())
                .containsExactly(
                        "demo-still", "demo-clock", "demo-typing", "demo-scrolling", "demo-video", "demo-mixed");
        assertThat(spaces).extracting(Space::label).isEqualTo(Desktop.LABELS);
        assertThat(spaces).extracting(Space::index).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(spaces).filteredOn(Space::active).extracting(Space::id).containsExactly(TYPING);
        assertThat(spaces).allSatisfy(space -> {
            assertThat(space.state()).isEqualTo(SpaceState.LIVE);
            assertThat(space.width()).isEqualTo(1280);
            assertThat(space.height()).isEqualTo(720);
        });
    }

    @Test
    void rowsReadInAnyPortionsAreTheSamePicture() {
        time.pass(Duration.ofSeconds(77));
        for (Space space : source.spaces()) {
            source.takeDamage(space.id(), new BitSet());
            Picture whole = Picture.read(source, space.id(), source.maxRows(space.width()));
            for (int rows : new int[] {1, 7, 16, 31}) {
                assertThat(Picture.read(source, space.id(), rows).bytes())
                        .as("%s, %d rows at once", space.label(), rows)
                        .isEqualTo(whole.bytes());
            }
        }
    }

    @Test
    void theSameMomentGivesTheSamePixels() {
        FakeTime otherTime = new FakeTime();
        otherTime.pass(Duration.ofDays(3));
        try (DemoSource other = new DemoSource(otherTime)) {
            other.open();
            time.pass(Duration.ofSeconds(1234));
            otherTime.pass(Duration.ofSeconds(600));
            for (Space space : source.spaces()) {
                other.takeDamage(space.id(), new BitSet());
                Picture.read(other, space.id(), 32);
            }
            otherTime.pass(Duration.ofSeconds(634));
            for (Space space : source.spaces()) {
                source.takeDamage(space.id(), new BitSet());
                other.takeDamage(space.id(), new BitSet());
                assertThat(Picture.read(other, space.id(), 32).bytes())
                        .as(space.label())
                        .isEqualTo(Picture.read(source, space.id(), 32).bytes());
            }
        }
    }

    @Test
    void rowsOfOneCaptureBelongToOneMoment() {
        source.takeDamage(VIDEO, new BitSet());
        Picture before = Picture.read(source, VIDEO, 32);

        time.pass(Duration.ofSeconds(10));

        assertThat(source.isDamaged(VIDEO)).isTrue();
        assertThat(Picture.read(source, VIDEO, 32).bytes()).isEqualTo(before.bytes());
        assertThat(source.confirm(VIDEO)).isTrue();
    }

    @Test
    void pixelsAreBlueGreenRedAndUnused() {
        source.takeDamage(TYPING, new BitSet());
        ByteBuffer rows = source.readRows(TYPING, 480, 32);

        assertThat(rows.isDirect()).isTrue();
        assertThat(rows.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(rows.remaining()).isEqualTo(32 * 1280 * 4);
        assertThat(Picture.read(source, TYPING, 32).color(1000, 600)).isEqualTo(Terminal.BACKGROUND);
        assertThat(source.maxRows(1280) % ScreenSource.BAND_HEIGHT).isZero();
    }

    @Test
    void refusesRowsAndSpacesThatDoNotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> source.readRows(TYPING, 0, 33));
        assertThatIllegalArgumentException().isThrownBy(() -> source.readRows(TYPING, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> source.readRows(TYPING, -1, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> source.readRows(TYPING, 705, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> source.readRows(TYPING, Integer.MAX_VALUE, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> source.isDamaged(new SpaceId("demo-7")));
    }

    @Test
    void sleepsThroughWhenNobodyLooks() {
        assertThat(awaited(LONG)).isEqualTo(LONG);
    }

    @Test
    void awaitReturnsAtTheNextStepOfASceneThatWasLookedAt() {
        source.takeDamage(TYPING, new BitSet());

        assertThat(awaited(LONG)).isEqualTo(Duration.ofMillis(100));
        assertThat(source.isDamaged(TYPING)).isTrue();
        assertThat(source.isDamaged(VIDEO)).isTrue();
    }

    @Test
    void awaitTellsAChangeOnlyOnce() {
        source.takeDamage(TYPING, new BitSet());
        source.await(LONG);

        assertThat(awaited(LONG)).isEqualTo(LONG);

        source.takeDamage(TYPING, new BitSet());
        assertThat(awaited(LONG)).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aChangeThatComesBeforeAwaitIsNotLost() {
        source.takeDamage(TYPING, new BitSet());
        time.pass(Duration.ofSeconds(1));

        assertThat(awaited(LONG)).isZero();
        assertThat(awaited(LONG)).isEqualTo(LONG);
    }

    @Test
    void awaitReturnsForTheEarliestOfSeveralScenes() {
        for (Space space : source.spaces()) {
            source.takeDamage(space.id(), new BitSet());
        }

        assertThat(awaited(LONG)).isEqualTo(Duration.ofNanos(33_333_333));
        assertThat(source.isDamaged(VIDEO)).isTrue();
        assertThat(source.isDamaged(TYPING)).isFalse();
        assertThat(awaited(LONG)).isEqualTo(Duration.ofNanos(50_000_000 - 33_333_333));
        assertThat(awaited(LONG)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void awaitEndsWithItsTimeout() {
        source.takeDamage(TYPING, new BitSet());

        assertThat(awaited(Duration.ofMillis(30))).isEqualTo(Duration.ofMillis(30));
        assertThat(awaited(Duration.ZERO)).isZero();
        assertThat(source.isDamaged(TYPING)).isFalse();
        assertThat(awaited(Duration.ofMillis(-1))).isZero();
    }

    @Test
    void wakeBeforeAwaitEndsTheNextOneOnly() {
        source.wake();
        source.wake();

        assertThat(awaited(LONG)).isZero();
        assertThat(awaited(LONG)).isEqualTo(LONG);
    }

    @Test
    void openingAgainChangesNothingUntilItWasDisconnected() {
        time.pass(Duration.ofSeconds(5));
        source.takeDamage(VIDEO, new BitSet());
        source.open();
        assertThat(source.isDamaged(VIDEO)).isFalse();

        source.disconnect();
        source.disconnect();
        assertThat(source.isDamaged(VIDEO)).isTrue();
        assertThat(source.spaces()).hasSize(6);
        assertLost("the demo is not open");

        source.open();
        source.takeDamage(VIDEO, new BitSet());
        assertThat(source.confirm(VIDEO)).isTrue();
    }

    @Test
    void nothingWorksAfterClose() {
        source.close();
        source.close();

        assertLost("the demo was closed");
        assertThatExceptionOfType(SourceLostException.class)
                .isThrownBy(source::open)
                .withMessage("the demo was closed");
    }

    private void assertLost(String message) {
        List<Runnable> uses = List.of(
                () -> source.await(LONG),
                () -> source.takeDamage(VIDEO, new BitSet()),
                () -> source.readRows(VIDEO, 0, 16),
                () -> source.confirm(VIDEO));
        assertThat(uses)
                .allSatisfy(use -> assertThatExceptionOfType(SourceLostException.class)
                        .isThrownBy(use::run)
                        .withMessage(message));
    }

    private Duration awaited(Duration timeout) {
        long before = time.nanos();
        source.await(timeout);
        return Duration.ofNanos(time.nanos() - before);
    }
}
