package dev.oriel.capture.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.SpaceId;
import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoDamageTest {

    private static final int BANDS = 45;

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

    @ParameterizedTest
    @CsvSource({
        "demo-still, 1000",
        "demo-clock, 1000",
        "demo-typing, 100",
        "demo-scrolling, 100",
        "demo-video, 33",
        "demo-mixed, 50"
    })
    void everyBandThatDiffersIsDamaged(SpaceId space, long stepMillis) {
        take(space);
        Picture before = read(space);
        for (int i = 0; i < 160; i++) {
            // Mostly from step to step, at times over many.
            int steps = i % 8 == 7 ? i * i / 8 : 1;
            time.pass(Duration.ofMillis(stepMillis).multipliedBy(steps));
            boolean damaged = source.isDamaged(space);
            BitSet bands = take(space);
            Picture after = read(space);
            BitSet missed = after.bandsThatDiffer(before);
            assertThat(damaged || missed.isEmpty()).as("damaged after %d", i).isTrue();
            missed.andNot(bands);
            assertThat(missed).as("missed by round %d", i).isEqualTo(new BitSet());
            before = after;
        }
    }

    @ParameterizedTest
    @CsvSource({"demo-clock, 1000, 10", "demo-typing, 100, 3"})
    void smallChangesDamageFewBands(SpaceId space, long stepMillis, int fewBands) {
        take(space);
        int many = 0;
        for (int i = 0; i < 400; i++) {
            time.pass(Duration.ofMillis(stepMillis));
            if (take(space).cardinality() > fewBands) {
                many++;
            }
        }
        assertThat(many).as("steps that damage more than %d bands", fewBands).isLessThan(12);
    }

    @Test
    void stillNeverChanges() {
        SpaceId still = new SpaceId("demo-still");
        take(still);
        Picture first = read(still);

        time.pass(Duration.ofDays(365));

        assertThat(source.isDamaged(still)).isFalse();
        assertThat(take(still)).isEqualTo(new BitSet());
        assertThat(read(still).bytes()).isEqualTo(first.bytes());
    }

    @ParameterizedTest
    @CsvSource({"demo-still", "demo-clock", "demo-typing", "demo-scrolling", "demo-video", "demo-mixed"})
    void theFirstTimeEverythingIsDamaged(SpaceId space) {
        assertThat(source.isDamaged(space)).isTrue();
        assertThat(take(space).cardinality()).isEqualTo(BANDS);
        assertThat(source.isDamaged(space)).isFalse();

        source.disconnect();
        source.open();

        assertThat(source.isDamaged(space)).isTrue();
        assertThat(take(space).cardinality()).isEqualTo(BANDS);
    }

    private BitSet take(SpaceId space) {
        BitSet bands = new BitSet();
        source.takeDamage(space, bands);
        return bands;
    }

    private Picture read(SpaceId space) {
        Picture picture = Picture.read(source, space, source.maxRows(Scene.WIDTH));
        assertThat(source.confirm(space)).isTrue();
        return picture;
    }
}
