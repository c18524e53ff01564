package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapSourceTest {
    private static final long MIB = 1L << 20;

    private final HeadroomThresholds thresholds = PressureThresholds.defaults().heap();
    private long used;
    private final HeapSource source = HeapSource.of(thresholds, () -> used, 100 * MIB);

    @Test
    void garbageIsNoPressure() {
        used = 99 * MIB;
        source.look(PressureProbe.Depth.FULL, 0);
        assertThat(source.level()).isEqualTo(GREEN);
        assertThat(source.reading().evidence()).isEqualTo("not collected yet, at most 100 MiB");
    }

    @Test
    void whatACollectionLeavesIsJudged() {
        collectedTo(84 * MIB);
        assertThat(source.level()).isEqualTo(GREEN);
        forget();
        collectedTo(86 * MIB);
        assertThat(source.level()).isEqualTo(YELLOW);
        assertThat(source.reading().evidence()).isEqualTo("14 % free of 100 MiB after collections");
        forget();
        collectedTo(96 * MIB);
        assertThat(source.level()).isEqualTo(RED);
    }

    @Test
    void whatWasMadeSinceACollectionIsToldApartByTheNextOnes() {
        collectedTo(30 * MIB);
        for (int collection = 0; collection < 5; collection++) {
            collectedTo(97 * MIB);
            assertThat(source.level()).isEqualTo(GREEN);
        }
        forget();
        collectedTo(97 * MIB);
        assertThat(source.level()).isEqualTo(RED);
    }

    @Test
    void othersCannotFillTheHeap() {
        collectedTo(50 * MIB);
        assertThat(source.marginBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(source.outlook(1_000_000_000)).isEqualTo(GREEN);
        assertThat(source.reading().marginBytes()).isEmpty();
    }

    @Test
    void noticesTheCollectionsOfThisProcess() {
        HeapSource own = HeapSource.ofThisProcess(thresholds);
        System.gc();
        own.look(PressureProbe.Depth.QUICK, 0);
        assertThat(own.level()).isEqualTo(GREEN);
        assertThat(own.reading().numbers().get("usedBytes"))
                .isBetween(MIB, own.reading().numbers().get("maxBytes"));
    }

    private void collectedTo(long usedBytes) {
        used = usedBytes;
        source.collected();
    }

    /* More collections ago than count. */
    private void forget() {
        for (int collection = 0; collection < 8; collection++) {
            collectedTo(200 * MIB);
        }
    }
}
