package dev.oriel.benchmarks.simulator;

import dev.oriel.cache.FrameCache;
import dev.oriel.capture.BuiltFrames;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * Encoding would take most of the time. The bytes are noise instead, of the sizes that real stripes have; a content has the
 * same bytes each time, and no other content has them.
 */
/**
 * Fills a cache as the engine does: it reserves, fills and puts frames that share with the frame before what did not
 * change. Used by one thread; several may fill one cache, each with spaces of its own.
 */
public final class FrameMaker {

    private static final int NOISE_BYTES = 1 << 20;
    private static final int MOST_STRIPE_BYTES = 1 << 18;
    private static final int STEP = 4099;

    private record Rendition(SpaceId space, Quality quality) {}

    private record Made(long revision, int[] contents) {}

    private final FrameCache cache;
    private final ByteBuffer noise = ByteBuffer.allocateDirect(NOISE_BYTES);
    private final ByteBuffer stripe = ByteBuffer.allocateDirect(MOST_STRIPE_BYTES);
    private final Map<Rendition, Made> newest = new HashMap<>();

    /**
     * Fills this cache.
     *
     * @param cache stays the caller's
     */
    public FrameMaker(FrameCache cache) {
        this.cache = cache;
        byte[] bytes = new byte[NOISE_BYTES];
        new Random(1).nextBytes(bytes);
        noise.put(bytes).clear();
    }

    /**
     * Makes a frame and puts it.
     *
     * @param info what the frame says of itself
     * @param contents of each stripe, from the top; kept
     * @param bytesOf how many bytes a content has, 16 at least
     * @return false if the cache's memory refused
     */
    public boolean put(FrameInfo info, int[] contents, IntUnaryOperator bytesOf) {
        Rendition rendition = new Rendition(info.space(), info.quality());
        try (Held before = new Held(rendition)) {
            Optional<Frame> frame = BuiltFrames.build(
                    cache.memory(),
                    info,
                    before.frame,
                    contents.length,
                    index -> before.has(index, contents[index])
                            ? null
                            : bytes(info.space(), contents[index], bytesOf.applyAsInt(contents[index])));
            frame.ifPresent(cache::put);
            frame.ifPresent(made -> newest.put(rendition, new Made(info.revision(), contents)));
            return frame.isPresent();
        }
    }

    private ByteBuffer bytes(SpaceId space, int content, int length) {
        int offset = Math.floorMod(content * STEP, NOISE_BYTES - length);
        stripe.clear().put(noise.slice(offset, length)).flip();
        return stripe.putInt(0, content).putInt(4, space.hashCode());
    }

    /** The frame before, if the cache still has it. */
    private final class Held implements AutoCloseable {

        private final @Nullable Frame frame;
        private final int[] contents;

        Held(Rendition rendition) {
            Made made = newest.get(rendition);
            Frame held = made == null
                    ? null
                    : cache.newest(rendition.space(), EnumSet.of(rendition.quality()))
                            .orElse(null);
            boolean isTheOneMade = held != null && made != null && held.revision() == made.revision();
            if (held != null && !isTheOneMade) {
                held.close();
            }
            this.frame = isTheOneMade ? held : null;
            this.contents = made == null ? new int[0] : made.contents();
        }

        boolean has(int index, int content) {
            return frame != null && index < contents.length && contents[index] == content;
        }

        @Override
        public void close() {
            if (frame != null) {
                frame.close();
            }
        }
    }
}
