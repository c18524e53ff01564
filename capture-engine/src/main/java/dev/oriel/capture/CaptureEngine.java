package dev.oriel.capture;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Watches the spaces of its sources and captures what a schedule names. Safe for many threads.
 *
 * <p>The engine starts one named daemon thread for each source and owns the sources: {@link #close()} ends both.
 */
public interface CaptureEngine extends AutoCloseable {

    /**
     * Starts an engine.
     *
     * @param sources at least one; from now on the engine's
     * @param memory where the compressed bytes go; stays the caller's
     * @param settings how pictures are made
     * @param clock tells capture times
     * @return a running engine that captures nothing until {@link #frames} is subscribed to
     */
    static CaptureEngine start(List<ScreenSource> sources, FrameMemory memory, CaptureSettings settings, Clock clock) {
        return new DefaultCaptureEngine(sources, memory, settings, StripeEncoders.detect(), clock, System::nanoTime);
    }

    /**
     * All spaces of all sources, in order, indexes from 1.
     *
     * <ul>
     *   <li>Temperature: hot; a late subscriber gets the newest list at once.
     *   <li>Demand: a slow subscriber skips lists and gets the newest.
     *   <li>Threads: the source threads; subscribing does not block.
     *   <li>Ends: completes when the engine closes; never fails, since a source that is gone is a space that is lost.
     * </ul>
     *
     * @return lists that differ from the one before
     */
    Flux<List<Space>> spaces();

    /**
     * Captures by schedule. Each space that is named for the first time, or in another quality, gives its picture at
     * once, even if nothing has changed since it was last captured; after that, a picture for each change.
     *
     * <ul>
     *   <li>Temperature: hot; one subscriber at a time. A second one gets an {@link IllegalStateException}.
     *   <li>Demand: at most one frame for each space and quality waits; a newer one takes its place.
     *   <li>Threads: the source threads; subscribing does not block.
     *   <li>Ends: completes when the engine closes; fails if {@code schedules} fails. Cancelling stops all capturing.
     *   <li>Owns: the subscriber closes each frame. A frame that nobody holds any more cannot lend its stripes to the
     *       next one, which is then encoded whole: hold the newest. Frames that are passed over are closed here.
     * </ul>
     *
     * @param schedules what to capture; the newest counts, and completing leaves the last one in force
     * @return frames of all spaces
     */
    Flux<Frame> frames(Publisher<CaptureSchedule> schedules);

    /**
     * Reads a part of a space, or all of it, and makes a picture of it to measure. What changed is taken in first, so
     * that the picture shows exactly the revision it names; whoever follows a schedule still gets the change.
     *
     * <ul>
     *   <li>Temperature: cold; each subscriber gets a picture of its own.
     *   <li>Demand: one picture; a source makes one at a time, between captures, and 16 may wait there.
     *   <li>Threads: the source thread, or a timer of Reactor's; subscribing does not block.
     *   <li>Ends: empty if the space cannot be read now, or not in time, or there is none; fails with {@link
     *       CropOutsideException} if the view shows what is not there, with {@link PictureRefusedException} if too many
     *       wait or the memory has no room.
     *   <li>Owns: the subscriber closes the answer.
     * </ul>
     *
     * @param request what is wanted
     * @param known the revisions of which whoever asks has this picture; it is not made again, and the answer has no frame
     * @param longest how long to wait
     * @return the picture as the screen is now
     */
    Mono<PictureAnswer> picture(PictureRequest request, LongPredicate known, Duration longest);

    /**
     * Makes a picture to measure of one that was taken before, for a space that cannot be read. If that one is smaller
     * than the space, the view shows whole pixels of it, and the scale says how large they are.
     *
     * <ul>
     *   <li>Temperature, Ends, Owns: as {@link #picture}; empty also if nobody holds the frame any more.
     *   <li>Demand: one picture; one is made at a time, and 16 may wait.
     *   <li>Threads: one thread for this alone, which ends when idle; subscribing does not block.
     * </ul>
     *
     * @param held the caller holds it until the answer has come
     * @param space as it is listed now; where it lies, and how large it is
     * @param request what is wanted
     * @param known as for {@link #picture}
     * @param longest how long to wait
     * @return the same revision as {@code held}
     */
    Mono<PictureAnswer> pictureOf(
            Frame held, Space space, PictureRequest request, LongPredicate known, Duration longest);

    /**
     * What the engine has done so far.
     *
     * @return a snapshot
     */
    CaptureStats stats();

    /** Stops capturing, ends the threads and closes the sources, within two seconds. Harmless when closed. */
    @Override
    void close();
}
