package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.ReferenceCache.Picture;
import dev.oriel.cache.ReferenceCache.Piece;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.TaggedFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred thousand things done to a cache and to a plain model of it: the same answers, the same bytes, the same left. */
class FrameCacheModelTest {

    private static final int OPERATIONS = 25_000;
    private static final List<SpaceId> SPACES = List.of(new SpaceId("a"), new SpaceId("b"), new SpaceId("c"));
    private static final Quality[] QUALITIES = Quality.values();
    private static final int STRIPES = 3;
    private static final int MOST_FRAMES = 24;
    private static final long BUDGET_BYTES = 40_000;
    private static final Duration HISTORY = Duration.ofSeconds(2);
    /** The bytes of stripes with a lower number are the same whenever they are made. */
    private static final int FIRST_OWN_NUMBER = 10;

    private final ManualClock clock = new ManualClock();
    private final FrameCache cache = FrameCache.open(
            FrameCacheSettings.defaults()
                    .withBudgetBytes(BUDGET_BYTES)
                    .withHistory(HISTORY)
                    .withMostFrames(MOST_FRAMES)
                    .withPoisonFreed(true),
            clock);
    private final ReferenceCache reference = new ReferenceCache(clock, BUDGET_BYTES, HISTORY, MOST_FRAMES);
    private final List<Held> held = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom();
    private long revision = 1;
    private long number = FIRST_OWN_NUMBER;

    private record Held(Frame frame, Picture picture) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void doesWhatThePlainModelDoes(long seed) {
        random = new SplittableRandom(seed);
        for (int operation = 0; operation < OPERATIONS; operation++) {
            clock.advance(Duration.ofMillis(random.nextInt(1, 60)));
            String what = operate();
            assertThat(cache.stats().chargedBytes())
                    .as("charged after operation %s of seed %s: %s", operation, seed, what)
                    .isEqualTo(reference.chargedBytes());
            assertThat(cache.stats().pinnedBytes())
                    .as("pinned after operation %s of seed %s: %s", operation, seed, what)
                    .isEqualTo(reference.pinnedBytes());
            assertThat(cache.stats().newestBytes())
                    .as("newest after operation %s of seed %s: %s", operation, seed, what)
                    .isEqualTo(reference.newestBytes());
            assertThat(cache.stats().frames())
                    .as("frames after operation %s of seed %s: %s", operation, seed, what)
                    .isEqualTo(reference.frames());
            sameAnswers();
        }
        held.forEach(hold -> hold.frame().close());
        cache.close();
        assertThat(cache.stats().chargedBytes()).isZero();
        assertThat(cache.stats().segments()).isZero();
    }

    private String operate() {
        int dice = random.nextInt(100);
        if (dice < 70) {
            return put(space(), quality());
        }
        if (dice < 80) {
            // Many are too small for all, few for anything at all.
            long budget = random.nextInt(8) == 0 ? random.nextLong(1, 3000) : random.nextLong(3000, BUDGET_BYTES);
            cache.resize(budget);
            reference.resize(budget);
            return "resize " + budget;
        }
        if (dice < 84) {
            Optional<SpaceId> favoured = random.nextBoolean() ? Optional.of(space()) : Optional.empty();
            cache.favour(favoured);
            reference.favour(favoured);
            return "favour " + favoured;
        }
        if (dice < 86) {
            SpaceId gone = space();
            cache.forget(gone);
            reference.forget(gone);
            return "forget " + gone;
        }
        if (dice < 90) {
            clock.advance(Duration.ofMillis(500));
            cache.expire();
            reference.expire(clock.instant());
            return "expire";
        }
        return dice < 95 ? hold(space(), quality()) : letGo();
    }

    private String put(SpaceId space, Quality quality) {
        boolean isRedone = random.nextInt(10) == 0;
        boolean isLate = random.nextInt(20) == 0;
        long itsRevision = isRedone ? revision : isLate ? Math.max(1, revision - 3) : ++revision;
        FrameInfo info = new FrameInfo(space, itsRevision, clock.instant(), 64, 64, quality, 85, 16);
        int stripeBytes = random.nextInt(18, 1500);
        boolean isKnown = random.nextInt(4) == 0;
        long itsNumber = isKnown ? random.nextInt(FIRST_OWN_NUMBER) : ++number;
        stripeBytes = isKnown ? 100 * (int) (1 + itsNumber) : stripeBytes;
        boolean isTyped = random.nextInt(3) > 0;
        Optional<Frame> before = isTyped ? cache.newest(space, EnumSet.of(quality)) : Optional.empty();
        if (before.isEmpty()) {
            return putFresh(info, stripeBytes, itsNumber);
        }
        try (Frame base = before.get()) {
            return putChanged(base, info, random.nextInt(STRIPES), stripeBytes, itsNumber);
        }
    }

    private String putFresh(FrameInfo info, int stripeBytes, long itsNumber) {
        Optional<Frame> frame = TaggedFrames.fresh(cache.memory(), info, STRIPES, stripeBytes, itsNumber);
        List<Piece> pieces = new ArrayList<>();
        for (int index = 0; index < STRIPES && pieces.size() == index; index++) {
            Piece piece = piece(itsNumber, index, stripeBytes);
            if (reference.make(piece, reserved(stripeBytes))) {
                pieces.add(piece);
            }
        }
        assertThat(frame.isPresent()).isEqualTo(pieces.size() == STRIPES);
        putBoth(frame, info, pieces);
        return "fresh " + info;
    }

    private String putChanged(Frame base, FrameInfo info, int changed, int stripeBytes, long itsNumber) {
        Picture before = reference.latest(base.space(), base.quality()).orElseThrow();
        reference.hold(before);
        Optional<Frame> frame = TaggedFrames.changed(cache.memory(), base, info, changed, stripeBytes, itsNumber);
        Piece piece = piece(itsNumber, changed, stripeBytes);
        List<Piece> pieces = new ArrayList<>(before.pieces());
        pieces.set(changed, piece);
        assertThat(frame.isPresent()).isEqualTo(reference.make(piece, reserved(stripeBytes)));
        putBoth(frame, info, pieces);
        reference.letGo(before);
        return "changed " + info;
    }

    private void putBoth(Optional<Frame> frame, FrameInfo info, List<Piece> pieces) {
        reference.made();
        if (frame.isPresent()) {
            cache.put(frame.get());
            reference.put(
                    new Picture(info.space(), info.quality(), info.revision(), info.capturedAt(), List.copyOf(pieces)),
                    clock.instant());
        }
    }

    private static Piece piece(long itsNumber, int index, int stripeBytes) {
        return new Piece(itsNumber * STRIPES + index, stripeBytes);
    }

    private static int reserved(int stripeBytes) {
        return stripeBytes + stripeBytes / 2;
    }

    /** Somebody reads for long. */
    private String hold(SpaceId space, Quality quality) {
        Optional<Frame> frame = held.size() < 3 ? cache.latest(space, quality, true) : Optional.empty();
        frame.ifPresent(found -> {
            Picture picture = reference.latest(space, quality).orElseThrow();
            reference.ask(Optional.of(picture));
            reference.hold(picture);
            held.add(new Held(found, picture));
        });
        return "hold";
    }

    private String letGo() {
        if (!held.isEmpty()) {
            Held hold = held.remove(random.nextInt(held.size()));
            assertThat(TaggedFrames.isIntact(hold.frame())).isTrue();
            hold.frame().close();
            reference.letGo(hold.picture());
        }
        return "let go";
    }

    private void sameAnswers() {
        SpaceId space = space();
        Quality quality = quality();
        Instant time = clock.instant().minusMillis(random.nextInt(3000));
        long wanted = Math.max(1, revision - random.nextInt(20));
        same(cache.newest(space), reference.newest(space));
        // Not after each operation, as what everybody asks for is worth no more than the rest.
        if (random.nextInt(5) == 0) {
            sameAsked(cache.latest(space, quality, true), reference.latest(space, quality));
            sameAsked(cache.at(space, quality, time), reference.at(space, quality, time));
            sameAsked(cache.revision(space, quality, wanted), reference.revision(space, quality, wanted));
        }
        Map<Long, Quality> history = new LinkedHashMap<>();
        for (HistoryEntry entry : cache.history(space, time, clock.instant())) {
            history.put(entry.info().revision(), entry.info().quality());
        }
        assertThat(history).isEqualTo(reference.history(space, time, clock.instant()));
    }

    private void sameAsked(Optional<Frame> found, Optional<Picture> expected) {
        same(found, expected);
        reference.ask(expected);
    }

    private static void same(Optional<Frame> found, Optional<Picture> expected) {
        assertThat(found.isPresent()).isEqualTo(expected.isPresent());
        found.ifPresent(frame -> {
            try (frame) {
                Picture picture = expected.orElseThrow();
                assertThat(frame.quality()).isEqualTo(picture.quality());
                assertThat(frame.revision()).isEqualTo(picture.revision());
                assertThat(frame.capturedAt()).isEqualTo(picture.capturedAt());
                assertThat(TaggedFrames.isIntact(frame)).isTrue();
            }
        });
    }

    private SpaceId space() {
        return SPACES.get(random.nextInt(SPACES.size()));
    }

    private Quality quality() {
        return QUALITIES[random.nextInt(QUALITIES.length)];
    }
}
