package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BandHashTest {

    private static final int LENGTH = 33 * 16 * 4;

    private final BandHash hash = new BandHash();

    @Test
    void anyBitThatChangesChangesIt() {
        ByteBuffer pixels = random(LENGTH, 1);
        Set<Long> seen = new HashSet<>();
        seen.add(hash.of(pixels, 0, LENGTH));
        for (int at = 0; at < LENGTH; at++) {
            for (int bit = 0; bit < 8; bit++) {
                pixels.put(at, (byte) (pixels.get(at) ^ 1 << bit));
                assertThat(seen.add(hash.of(pixels, 0, LENGTH))).isTrue();
                pixels.put(at, (byte) (pixels.get(at) ^ 1 << bit));
            }
        }
        assertThat(seen).contains(hash.of(pixels, 0, LENGTH));
    }

    @Test
    void onlyTheBytesOfTheBandCount() {
        ByteBuffer pixels = random(3 * LENGTH, 2);
        long before = hash.of(pixels, LENGTH, LENGTH);
        pixels.put(LENGTH - 1, (byte) ~pixels.get(LENGTH - 1));
        pixels.put(2 * LENGTH, (byte) ~pixels.get(2 * LENGTH));
        assertThat(hash.of(pixels, LENGTH, LENGTH)).isEqualTo(before);
        pixels.put(2 * LENGTH - 1, (byte) ~pixels.get(2 * LENGTH - 1));
        assertThat(hash.of(pixels, LENGTH, LENGTH)).isNotEqualTo(before);
    }

    @Test
    void theSameBytesGiveTheSameWhereverTheyLie() {
        ByteBuffer one = random(LENGTH, 3);
        ByteBuffer other = ByteBuffer.allocateDirect(2 * LENGTH);
        other.put(77, one, 0, LENGTH);
        assertThat(hash.of(other, 77, LENGTH)).isEqualTo(hash.of(one, 0, LENGTH));
    }

    @Test
    void leavesTheBufferAsItWas() {
        ByteBuffer pixels = random(LENGTH, 4).limit(LENGTH - 4).position(8);
        hash.of(pixels, 16, 32);
        assertThat(pixels.position()).isEqualTo(8);
        assertThat(pixels.limit()).isEqualTo(LENGTH - 4);
    }

    private static ByteBuffer random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.allocateDirect(length).put(0, bytes);
    }
}
