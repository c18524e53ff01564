package dev.oriel.capture;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/** One loop and one thread for each source; the newest subscriber's outbox gets the frames of all of them. */
final class DefaultCaptureEngine implements CaptureEngine {

    private static final Duration LONGEST_CLOSE = Duration.ofMillis(1500);
    private static final Logger log = LoggerFactory.getLogger(DefaultCaptureEngine.class);

    private final LongSupplier nanoTime;
    private final SpaceBoard board;
    private final CaptureCounters counters = new CaptureCounters();
    private final List<SourceLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final HeldViews heldViews;
    private final AtomicReference<@Nullable FluxSink<Frame>> subscriber = new AtomicReference<>();
    private volatile @Nullable FrameOutbox outbox;
    private volatile boolean closed;

    DefaultCaptureEngine(
            List<ScreenSource> sources,
            FrameMemory memory,
            CaptureSettings settings,
            StripeEncoders encoders,
            Clock clock,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an engine needs at least one source");
        }
        board = new SpaceBoard(sources.size(), nanoTime);
        heldViews = new HeldViews(encoders, memory, settings, counters);
        for (ScreenSource source : sources) {
            SourceLoop loop = new SourceLoop(
                    loops.size(), source, encoders, memory, settings, counters, board, this::output, clock, nanoTime);
            Thread thread = new Thread(loop, "oriel-capture-" + source.name());
            thread.setDaemon(true);
            loops.add(loop);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    @Override
    public Flux<List<Space>> spaces() {
        return board.spaces();
    }

    @Override
    public Flux<Frame> frames(Publisher<CaptureSchedule> schedules) {
        return Flux.<Frame>create(sink -> subscribe(sink, schedules), FluxSink.OverflowStrategy.IGNORE)
                .doOnDiscard(Frame.class, Frame::close);
    }

    private void subscribe(FluxSink<Frame> sink, Publisher<CaptureSchedule> schedules) {
        if (closed) {
            sink.complete();
            return;
        }
        if (!subscriber.compareAndSet(null, sink)) {
            sink.error(new IllegalStateException("the frames of this engine have a subscriber already"));
            return;
        }
        FrameOutbox mine = new FrameOutbox(sink);
        Disposable.Swap following = Disposables.swap();
        outbox = mine;
        sink.onDispose(() -> {
            following.dispose();
            mine.discard();
            followNothing();
            outbox = null;
            subscriber.set(null);
        });
        following.update(Flux.from(schedules).subscribe(schedule -> follow(mine, schedule), sink::error));
    }

    private synchronized void followNothing() {
        loops.forEach(loop -> loop.follow(CaptureSchedule.NOTHING));
    }

    /* A schedule that is on its way while its subscriber cancels must not come after the empty one. */
    private synchronized void follow(FrameOutbox subscribed, CaptureSchedule schedule) {
        if (!subscribed.isDiscarded()) {
            loops.forEach(loop -> loop.follow(schedule));
        }
    }

    private void output(Frame frame) {
        FrameOutbox current = outbox;
        if (current == null) {
            frame.close();
        } else {
            current.offer(frame);
        }
    }

    @Override
    public Mono<PictureAnswer> picture(PictureRequest request, LongPredicate known, Duration longest) {
        return ViewOrder.place(
                request,
                known,
                longest,
                order -> board.sourceOf(request.space())
                        .ifPresentOrElse(source -> loops.get(source).place(order), order::none));
    }

    @Override
    public Mono<PictureAnswer> pictureOf(
            Frame held, Space space, PictureRequest request, LongPredicate known, Duration longest) {
        return ViewOrder.place(request, known, longest, order -> heldViews.place(order, space, held));
    }

    @Override
    public CaptureStats stats() {
        return counters.snapshot();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loops.forEach(SourceLoop::close);
        long deadline = nanoTime.getAsLong() + LONGEST_CLOSE.toNanos();
        for (Thread thread : threads) {
            join(thread, deadline);
        }
        heldViews.close();
        FluxSink<Frame> sink = subscriber.get();
        if (sink != null) {
            sink.complete();
        }
        board.complete();
    }

    private void join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, (deadline - nanoTime.getAsLong()) / 1_000_000));
            if (thread.isAlive()) {
                log.warn("{} does not answer and is left behind", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
