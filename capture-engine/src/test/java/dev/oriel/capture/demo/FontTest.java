package dev.oriel.capture.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FontTest {

    @Test
    void everyPrintableLetterLooksDifferent() {
        Set<List<Integer>> shapes = new HashSet<>();
        for (char letter = ' '; letter <= '~'; letter++) {
            assertThat(shapes.add(shape(letter))).as("'%s' is new", letter).isTrue();
        }
    }

    @Test
    void lettersAreDrawnLeftToRight() {
        assertThat(shape('L')).containsExactly(16, 16, 16, 16, 16, 16, 31, 0, 0);
    }

    @Test
    void whatIsMissingIsABox() {
        assertThat(shape('\u00e4')).containsExactly(31, 31, 31, 31, 31, 31, 31, 0, 0);
        assertThat(shape('\n')).isEqualTo(shape('\u00e4'));
    }

    private static List<Integer> shape(char letter) {
        return IntStream.range(0, Font.GLYPH_HEIGHT)
                .mapToObj(row -> Font.dots(letter, row))
                .toList();
    }
}
