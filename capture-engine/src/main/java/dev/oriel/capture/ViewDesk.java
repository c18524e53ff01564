package dev.oriel.capture;

import dev.oriel.capture.StripeWriter.NoRoomException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Where views of one source are ordered, by any thread, and made, by the thread of the source, between captures. */
final class ViewDesk {

    /** The most that wait at one source. */
    static final int MOST_WAITING = 16;

    /** How often a view is read whose space went behind another meanwhile. */
    private static final int MOST_ATTEMPTS = 4;

    private final CaptureSettings settings;
    private final CaptureCounters counters;
    private final Queue<ViewOrder> waiting = new ArrayDeque<>();
    private final ScratchStripe scratch = new ScratchStripe();
    private boolean closed;

    ViewDesk(CaptureSettings settings, CaptureCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    /** From any thread. */
    void place(ViewOrder order) {
        boolean isClosed;
        boolean isFull;
        synchronized (waiting) {
            waiting.removeIf(other -> !other.isWanted());
            isClosed = closed;
            isFull = waiting.size() >= MOST_WAITING;
            if (!isClosed && !isFull) {
                waiting.add(order);
            }
        }
        if (isClosed) {
            order.none();
        } else if (isFull) {
            order.refuse(refusal());
        }
    }

    static PictureRefusedException refusal() {
        return new PictureRefusedException(MOST_WAITING + " pictures are waited for already");
    }

    /** The next one to be made; empty if nobody waits. */
    Optional<ViewOrder> next() {
        synchronized (waiting) {
            waiting.removeIf(order -> !order.isWanted());
            return Optional.ofNullable(waiting.poll());
        }
    }

    /** Makes a view of a space that can be read. Whatever happens, the order is answered or waits again. */
    void make(ViewOrder order, ScreenSource source, Space space, SpaceCapture capture, StripeWriter writer) {
        try {
            ViewPlan plan = ViewPlan.ofSpace(order.request(), space, settings);
            counters.captures.increment();
            if (!capture.takeIn(source, List.of())) {
                again(order);
            } else if (order.knows(capture.revision())) {
                order.answer(
                        plan.answer(plan.info(space.id(), capture.revision(), capture.changedAt()), Optional.empty()));
            } else {
                read(order, plan, source, space, capture, writer);
            }
        } catch (CropOutsideException e) {
            order.refuse(e);
        } catch (NoRoomException e) {
            counters.refusals.increment();
            order.refuse(new PictureRefusedException(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            order.none();
            throw e;
        }
    }

    private void read(
            ViewOrder order,
            ViewPlan plan,
            ScreenSource source,
            Space space,
            SpaceCapture capture,
            StripeWriter writer) {
        try (ViewPass pass = new ViewPass(plan, writer, scratch)) {
            if (!capture.takeIn(source, List.of(pass))) {
                again(order);
                return;
            }
            Frame frame = pass.finish(space.id(), capture.revision(), capture.changedAt());
            counters.frames.increment();
            order.answer(plan.answer(frame.info(), Optional.of(frame)));
        }
    }

    private void again(ViewOrder order) {
        if (order.attempt() < MOST_ATTEMPTS) {
            place(order);
        } else {
            order.none();
        }
    }

    /** Keeps no memory until the next view is made. On the thread of the source. */
    void rest() {
        scratch.rest();
    }

    /** Nobody gets what they wait for. */
    void sendAway() {
        for (Optional<ViewOrder> order = next(); order.isPresent(); order = next()) {
            order.get().none();
        }
    }

    /** From now on nobody waits. */
    void close() {
        synchronized (waiting) {
            closed = true;
        }
        sendAway();
    }
}
