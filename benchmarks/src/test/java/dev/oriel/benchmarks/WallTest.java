package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Point;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WallTest {

    @Test
    void showsNoPartTwice() {
        assertThat(IntStream.range(0, 64_507).mapToObj(Wall::corner)).doesNotHaveDuplicates();
    }

    @Test
    void staysWithinThePicture() {
        assertThat(IntStream.range(0, 1000).mapToObj(Wall::corner)).allSatisfy(corner -> {
            assertThat(corner.x).isBetween(0, Wall.WIDTH - VirtualScreen.WIDTH - 1);
            assertThat(corner.y).isBetween(0, Wall.HEIGHT - VirtualScreen.HEIGHT - 1);
        });
        assertThat(Wall.corner(0)).isEqualTo(new Point(0, 0));
    }
}
