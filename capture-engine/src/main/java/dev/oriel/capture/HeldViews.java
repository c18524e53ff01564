package dev.oriel.capture;

import dev.oriel.capture.StripeWriter.NoRoomException;
import dev.oriel.capture.jpeg.StripeDecoder;
import dev.oriel.capture.jpeg.StripeEncoders;
import dev.oriel.capture.jpeg.StripeJpeg;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes views of pictures that were taken before, where the space itself cannot be read. Decodes one stripe at a time, on
 * a thread of its own that ends when there is nothing to do.
 */
final class HeldViews implements AutoCloseable {

    /** How many pictures are decoded at a time, and so how many stripes lie about as pixels. */
    static final int DECODERS = 1;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_CLOSE = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(HeldViews.class);

    private final StripeEncoders encoders;
    private final FrameMemory memory;
    private final CaptureSettings settings;
    private final CaptureCounters counters;
    private final ThreadPoolExecutor worker;

    HeldViews(StripeEncoders encoders, FrameMemory memory, CaptureSettings settings, CaptureCounters counters) {
        this.encoders = encoders;
        this.memory = memory;
        this.settings = settings;
        this.counters = counters;
        this.worker = new ThreadPoolExecutor(
                DECODERS,
                DECODERS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(ViewDesk.MOST_WAITING),
                work -> {
                    Thread thread = new Thread(work, "oriel-held-views");
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
    }

    /** From any thread; the caller holds the frame until the order is answered. */
    void place(ViewOrder order, Space space, Frame frame) {
        try {
            worker.execute(() -> make(order, space, frame));
        } catch (RejectedExecutionException e) {
            order.refuse(ViewDesk.refusal());
        }
    }

    /* Whoever gave up waiting no longer holds the frame. */
    private void make(ViewOrder order, Space space, Frame frame) {
        Optional<Frame> held = order.isWanted() ? frame.tryRetain() : Optional.empty();
        if (held.isEmpty()) {
            order.none();
            return;
        }
        try (Frame own = held.get()) {
            ViewPlan plan = ViewPlan.ofFrame(order.request(), space, own.info(), settings);
            order.answer(
                    order.knows(own.revision())
                            ? plan.answer(plan.info(own.space(), own.revision(), own.capturedAt()), Optional.empty())
                            : decode(plan, own));
        } catch (CropOutsideException e) {
            order.refuse(e);
        } catch (NoRoomException e) {
            counters.refusals.increment();
            order.refuse(new PictureRefusedException(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            order.refuse(e);
        }
    }

    private PictureAnswer decode(ViewPlan plan, Frame frame) {
        FrameInfo info = frame.info();
        int height = info.stripeHeight();
        int last = (plan.crop().y() + plan.crop().height() - 1) / height;
        try (FrameReading reading = frame.read();
                StripeDecoder decoder = encoders.openDecoder();
                StripeWriter writer = new StripeWriter(encoders, memory, counters);
                ViewPass pass = new ViewPass(plan, writer, new ScratchStripe())) {
            for (int stripe = plan.crop().y() / height; stripe <= last; stripe++) {
                int rows = Math.min(height, info.height() - stripe * height);
                byte[] jpeg = StripeJpeg.alone(frame.content().header(), reading.stripe(stripe), rows);
                ByteBuffer pixels = decoder.decode(jpeg, info.width(), rows);
                pass.accept(pixels, stripe * height, rows);
            }
            Frame made = pass.finish(info.space(), info.revision(), info.capturedAt());
            counters.frames.increment();
            return plan.answer(made.info(), Optional.of(made));
        }
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a picture is still being decoded and is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
