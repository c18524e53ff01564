package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a group and its ancestors, as whoever listens to them has to know them. */
class CgroupSourceTest {
    private static final long MIB = 1L << 20;
    private static final String NONE = "9223372036854771712";

    private FakeKernel kernel;
    private CgroupPlacement placement;
    private CgroupSource source;

    @BeforeEach
    void create(@TempDir Path root) {
        kernel = new FakeKernel(root)
                .memberOfV1("/outer/inner", "/")
                .v1Group("", NONE, 900 * MIB, 0)
                .v1Group("/outer", NONE, 300 * MIB, 0)
                .v1Group("/outer/inner", Long.toString(400 * MIB), 10 * MIB, 0);
        KernelText text = new KernelText();
        placement = new CgroupPlacement(root, root.resolve("proc/self"), text);
        source = new CgroupSource(HeadroomThresholds.defaults(), 0, placement, () -> 1_000 * MIB, text);
    }

    @AfterEach
    void close() throws IOException {
        source.close();
        placement.close();
    }

    private void look(Depth depth) throws IOException, SourceAbsentException {
        placement.look(depth, 0);
        source.look(depth, 0);
    }

    @Test
    void tellsWhichGroupsAreLimitedToWhat() throws Exception {
        look(Depth.FULL);
        assertThat(source.limited()).singleElement().satisfies(limit -> {
            assertThat(limit.group().path()).isEqualTo("/outer/inner");
            assertThat(limit.limitBytes()).isEqualTo(400 * MIB);
        });
    }

    @Test
    void countsTheChangesOfLimits() throws Exception {
        look(Depth.FULL);
        int changes = source.changes();
        look(Depth.QUICK);
        assertThat(source.changes()).isEqualTo(changes);
        kernel.v1Group("/outer", Long.toString(310 * MIB), 300 * MIB, 0);
        look(Depth.QUICK);
        assertThat(source.changes()).isGreaterThan(changes);
        assertThat(source.limited()).hasSize(2);
        assertThat(source.level()).isEqualTo(PressureLevel.RED);
        assertThat(source.outlook(0)).isEqualTo(PressureLevel.RED);
        assertThat(source.marginBytes()).as("the outer group is at its worst").isEqualTo(310 * MIB);

        changes = source.changes();
        kernel.v1Group("/outer", NONE, 300 * MIB, 0).v1Group("/outer/inner", NONE, 10 * MIB, 0);
        assertThatExceptionOfType(SourceAbsentException.class).isThrownBy(() -> look(Depth.QUICK));
        assertThat(source.changes()).isGreaterThan(changes);
        assertThat(source.limited()).isEmpty();
    }

    @Test
    void aProcessThatIsMovedHasOtherLimits() throws Exception {
        look(Depth.FULL);
        int changes = source.changes();
        kernel.memberOfV1("/outer", "/");
        assertThatExceptionOfType(SourceAbsentException.class).isThrownBy(() -> look(Depth.FULL));
        assertThat(source.changes()).isGreaterThan(changes);
        assertThat(source.limited()).isEmpty();
    }
}
