package dev.oriel.capture;

import dev.oriel.capture.StripeWriter.NoRoomException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/*
 * Every band that is read is compared. One that was not damaged and yet differs changed after the damage was taken, or
 * its damage was lost: it is captured again at once. Some quality may show it already, others do not, so its hash is
 * forgotten and it counts as a change, that no picture keeps what was there for a moment. A band that was only verified
 * is in no picture, and its hash stays.
 */
/**
 * One space from capture to capture: reads the bands that are damaged or that a wanted quality does not show yet,
 * compares them with last time, and makes frames of what changed. Belongs to the thread of its source.
 */
final class SpaceCapture {

    private final SpaceId id;
    private final int width;
    private final int height;
    private final long[] hashes;
    private final BitSet hashed = new BitSet();
    private final BitSet unreadBands = new BitSet();
    private final BitSet surprisingBands = new BitSet();
    private final BitSet bandsToVerify = new BitSet();
    private final Sweep sweep;
    private final Map<Quality, RenditionTrack> tracks = new EnumMap<>(Quality.class);
    private final Set<Quality> shown = EnumSet.noneOf(Quality.class);
    private final RedactedRows redactedRows;
    private final CaptureSettings settings;
    private final CaptureCounters counters;
    private final Clock clock;
    private final BandHash hash = new BandHash();
    private long revision;
    private Instant changedAt = Instant.EPOCH;

    SpaceCapture(
            Space space, long lastRevision, CaptureSettings settings, CaptureCounters counters, Clock clock, long now) {
        this.id = space.id();
        this.width = space.width();
        this.height = space.height();
        this.hashes = new long[bands()];
        this.revision = lastRevision;
        this.unreadBands.set(0, bands());
        this.sweep = new Sweep(bands(), now);
        this.redactedRows = new RedactedRows(space, settings.redaction());
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
    }

    boolean hasSizeOf(Space space) {
        return width == space.width() && height == space.height();
    }

    long revision() {
        return revision;
    }

    /** When the pixels of this revision were read. */
    Instant changedAt() {
        return changedAt;
    }

    /** Whether damage was taken that could not be captured. */
    boolean hasUnreadBands() {
        return !unreadBands.isEmpty();
    }

    /** When which bands are verified. */
    Sweep sweep() {
        return sweep;
    }

    /** Has the next capture verify what is due, whether it was damaged or not. */
    void verifyNext(long now) {
        sweep.next(bandsToVerify, now);
    }

    /** Takes damage that is to be captured later. */
    void takeDamage(ScreenSource source) {
        source.takeDamage(id, unreadBands);
    }

    /**
     * Forgets which qualities were shown, but for these as long as somebody holds their picture: the others will be shown
     * again even when nothing changes.
     */
    void keepShown(Set<Quality> qualities) {
        shown.retainAll(qualities);
        shown.removeIf(quality -> Objects.requireNonNull(tracks.get(quality)).isGone());
    }

    boolean hasShown(Set<Quality> qualities) {
        return shown.containsAll(qualities);
    }

    /**
     * Captures what changed.
     *
     * @param jpegReduction see {@link CaptureSchedule}
     * @param superseded asked now and then whether nobody wants these frames any more; nothing is lost then, and none is made
     * @return a frame for each quality whose picture changed, or that was not shown yet; the caller closes them
     * @throws NoRoomException if the memory has no room; nothing is lost, and the next call tries again
     */
    List<Frame> capture(
            ScreenSource source,
            Set<Quality> qualities,
            int jpegReduction,
            StripeWriter writer,
            BooleanSupplier superseded) {
        List<RenditionPass> passes = new ArrayList<>();
        try {
            for (Quality quality : qualities) {
                passes.add(RenditionPass.begin(track(quality, jpegReduction), writer, bands()));
            }
            source.takeDamage(id, unreadBands);
            BitSet toRead = (BitSet) unreadBands.clone();
            for (RenditionPass pass : passes) {
                toRead.or(pass.bandsToRead(unreadBands));
            }
            bandsToVerify.andNot(toRead);
            toRead.or(bandsToVerify);
            long[] newHashes = hashes.clone();
            Optional<BitSet> changed = read(source, toRead, newHashes, passes, superseded);
            if (changed.isEmpty() || !source.confirm(id)) {
                return List.of();
            }
            if (!source.isDamaged(id)) {
                countHealed();
            }
            commit(newHashes, changed.get());
            return framesOf(passes);
        } catch (NoRoomException e) {
            counters.refusals.increment();
            throw e;
        } finally {
            passes.forEach(RenditionPass::close);
        }
    }

    /** Whether one of these qualities does not show yet what a view has seen. */
    boolean isBehind(Set<Quality> qualities) {
        for (Quality quality : qualities) {
            RenditionTrack track = tracks.get(quality);
            if (track != null && !track.changedBands().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes in what changed, without a picture of the whole space, and makes views that show just this revision: what
     * they read and what differs from last time counts as a change, damaged or not.
     *
     * @return false if what was read may belong to another space; nothing is lost then
     * @throws NoRoomException if the memory has no room; nothing is lost, and the next call tries again
     */
    boolean takeIn(ScreenSource source, List<ViewPass> views) {
        source.takeDamage(id, unreadBands);
        for (ViewPass view : views) {
            unreadBands.or(view.bandsToRead(unreadBands));
        }
        bandsToVerify.andNot(unreadBands);
        long[] newHashes = hashes.clone();
        Optional<BitSet> changed = read(source, (BitSet) unreadBands.clone(), newHashes, views, () -> false);
        if (changed.isEmpty() || !source.confirm(id)) {
            return false;
        }
        commit(newHashes, changed.get());
        return true;
    }

    /** Lets go of what only making pictures needs, and can be made again. */
    void rest() {
        tracks.values().forEach(RenditionTrack::rest);
    }

    private RenditionTrack track(Quality quality, int jpegReduction) {
        Rendition rendition = Rendition.of(quality, width, height, settings, jpegReduction);
        RenditionTrack track = tracks.get(quality);
        if (track == null || !track.rendition().equals(rendition)) {
            track = new RenditionTrack(rendition);
            tracks.put(quality, track);
        }
        return track;
    }

    /** Returns which bands differ from last time; empty if it was superseded before all were read. */
    private Optional<BitSet> read(
            ScreenSource source,
            BitSet toRead,
            long[] newHashes,
            List<? extends RenditionPass> passes,
            BooleanSupplier superseded) {
        BitSet changed = new BitSet();
        surprisingBands.clear();
        List<Rows> chunks = chunks(toRead, source.maxRows(width) / ScreenSource.BAND_HEIGHT);
        for (int index = 0; index < chunks.size(); index++) {
            if (superseded.getAsBoolean()) {
                return Optional.empty();
            }
            Rows rows = chunks.get(index);
            ByteBuffer pixels = redactedRows.read(source, rows.first(), rows.count());
            if (index + 1 < chunks.size()) {
                Rows next = chunks.get(index + 1);
                source.expectRows(id, next.first(), next.count());
            }
            take(pixels, rows, newHashes, changed);
            for (RenditionPass pass : passes) {
                pass.accept(pixels, rows.first(), rows.count(), changed);
            }
        }
        return Optional.of(changed);
    }

    /** Rows that are read at once. */
    private record Rows(int first, int count) {

        int firstBand() {
            return first / ScreenSource.BAND_HEIGHT;
        }

        int endBand() {
            return (first + count + ScreenSource.BAND_HEIGHT - 1) / ScreenSource.BAND_HEIGHT;
        }
    }

    private List<Rows> chunks(BitSet toRead, int bandsAtOnce) {
        List<Rows> chunks = new ArrayList<>();
        for (int band = toRead.nextSetBit(0); band >= 0; ) {
            int end = Math.min(toRead.nextClearBit(band), band + bandsAtOnce);
            int firstRow = band * ScreenSource.BAND_HEIGHT;
            chunks.add(new Rows(firstRow, Math.min(end * ScreenSource.BAND_HEIGHT, height) - firstRow));
            band = toRead.nextSetBit(end);
        }
        return chunks;
    }

    private void take(ByteBuffer pixels, Rows rows, long[] newHashes, BitSet changed) {
        counters.pixelsRead.add((long) rows.count() * width);
        counters.pixelsVerified.add((long) rowsToVerify(rows.firstBand(), rows.endBand()) * width);
        counters.bandsCompared.add(rows.endBand() - rows.firstBand());
        compare(pixels, rows.firstBand(), rows.endBand(), newHashes, changed);
    }

    private int rowsToVerify(int firstBand, int endBand) {
        int rows = 0;
        for (int band = firstBand; band < endBand; band++) {
            rows += bandsToVerify.get(band) ? rowsOf(band) : 0;
        }
        return rows;
    }

    private int rowsOf(int band) {
        return Math.min(ScreenSource.BAND_HEIGHT, height - band * ScreenSource.BAND_HEIGHT);
    }

    private void compare(ByteBuffer pixels, int firstBand, int endBand, long[] newHashes, BitSet changed) {
        int pitch = width * Integer.BYTES;
        for (int band = firstBand; band < endBand; band++) {
            int offset = (band - firstBand) * ScreenSource.BAND_HEIGHT * pitch;
            long seen = hash.of(pixels, offset, rowsOf(band) * pitch);
            if (seen != hashes[band] || !hashed.get(band)) {
                (unreadBands.get(band) ? changed : surprisingBands).set(band);
            }
            if (!bandsToVerify.get(band)) {
                newHashes[band] = seen;
            }
        }
    }

    /** Counts the bands that changed although nothing was said of it. */
    private void countHealed() {
        BitSet healed = (BitSet) bandsToVerify.clone();
        healed.and(surprisingBands);
        counters.bandsHealed.add(healed.cardinality());
    }

    private void commit(long[] newHashes, BitSet changed) {
        System.arraycopy(newHashes, 0, hashes, 0, hashes.length);
        hashed.or(unreadBands);
        hashed.andNot(surprisingBands);
        hashed.or(bandsToVerify);
        unreadBands.clear();
        unreadBands.or(surprisingBands);
        bandsToVerify.clear();
        if (!changed.isEmpty()) {
            revision++;
            changedAt = clock.instant();
            for (RenditionTrack track : tracks.values()) {
                track.changedBands().or(changed);
            }
        }
    }

    private List<Frame> framesOf(List<RenditionPass> passes) {
        List<Frame> frames = new ArrayList<>(passes.size());
        for (RenditionPass pass : passes) {
            Quality quality = pass.rendition().quality();
            Frame unchanged = pass.unchanged(revision);
            if (unchanged == null) {
                int made = pass.stripesMade();
                frames.add(pass.finish(id, revision, changedAt));
                counters.frames.increment();
                counters.stripesShared.add(pass.rendition().stripes() - made);
            } else if (shown.contains(quality)) {
                unchanged.close();
            } else {
                frames.add(unchanged);
            }
            shown.add(quality);
        }
        return frames;
    }

    private int bands() {
        return (height + ScreenSource.BAND_HEIGHT - 1) / ScreenSource.BAND_HEIGHT;
    }
}
