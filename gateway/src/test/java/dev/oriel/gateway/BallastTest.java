package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.FrameMemory;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BallastTest {

    private static final int PAGE_BYTES = 4096;
    private static final int MEGABYTES = 64;
    /** What Java itself may take or give back meanwhile. */
    private static final long MOST_OF_JAVA = 24;

    /** Looks at each page that is written. */
    private static final class SeenPages implements FrameMemory {

        private final FrameMemory memory = FrameMemory.onHeap(MEGABYTES * Ballast.MOST_CHARGED_BYTES);
        private final Set<ByteBuffer> pages = new HashSet<>();
        private int compressible;

        @Override
        public Optional<Reservation> reserve(int maxBytes) {
            return memory.reserve(maxBytes).map(Seen::new);
        }

        private final class Seen implements Reservation {

            private final Reservation room;

            Seen(Reservation room) {
                this.room = room;
            }

            @Override
            public Region fill(ByteBuffer bytes) {
                for (int at = 0; at < bytes.remaining(); at += PAGE_BYTES) {
                    byte[] page = new byte[PAGE_BYTES];
                    bytes.get(at, page);
                    pages.add(ByteBuffer.wrap(page));
                    compressible += deflatedBytes(page) < PAGE_BYTES ? 1 : 0;
                }
                return room.fill(bytes);
            }

            @Override
            public void close() {
                room.close();
            }
        }

        private static int deflatedBytes(byte[] page) {
            Deflater deflater = new Deflater();
            deflater.setInput(page);
            deflater.finish();
            int bytes = deflater.deflate(new byte[2 * PAGE_BYTES]);
            deflater.end();
            return bytes;
        }
    }

    @Test
    void noTwoPagesAreAlikeAndNoneCanBeCompressed() {
        SeenPages seen = new SeenPages();
        try (Ballast ballast = new Ballast(seen, 1)) {
            ballast.grow();
            ballast.grow();
        }

        assertThat(seen.pages).hasSize(2 * Ballast.MEGABYTE / PAGE_BYTES);
        assertThat(seen.compressible).isZero();
    }

    @Test
    void saysWhenThereIsNoMore() {
        try (Ballast ballast = new Ballast(FrameMemory.onHeap(Ballast.MOST_CHARGED_BYTES), 1)) {
            ballast.grow();

            assertThatThrownBy(ballast::grow).isInstanceOf(FrameMemory.ExhaustedException.class);
            assertThat(ballast.megabytes()).isEqualTo(1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isResidentWhileItIsHeldAndGoneWhenItIsClosed() {
        FrameCacheSettings room = FrameCacheSettings.defaults().withBudgetBytes(MEGABYTES * Ballast.MOST_CHARGED_BYTES);
        try (FrameCache cache = FrameCache.open(room, Clock.systemUTC())) {
            Ballast ballast = new Ballast(cache.memory(), 1);
            long before = residentMegabytes();
            while (ballast.megabytes() < MEGABYTES) {
                ballast.grow();
            }
            assertThat(residentMegabytes() - before).isBetween(MEGABYTES - MOST_OF_JAVA, MEGABYTES + MOST_OF_JAVA);
            ballast.close();
            assertThat(residentMegabytes() - before).isLessThan(MOST_OF_JAVA);
            assertThat(ballast.megabytes()).isZero();
        }
    }

    private static long residentMegabytes() {
        return ProcessMemory.residentBytes().orElseThrow() / Ballast.MEGABYTE;
    }
}
