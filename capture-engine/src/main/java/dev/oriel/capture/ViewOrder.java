package dev.oriel.capture;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/*
 * The answer does not travel through the operators that wait for it: one that comes just as they give up would be lost in
 * them, with its hold on the frame.
 */
/**
 * One who waits for a picture made to measure. Answered once, by one thread; an answer that comes too late is closed here.
 */
final class ViewOrder implements AutoCloseable {

    private final PictureRequest request;
    private final LongPredicate known;
    private final Sinks.Empty<Void> done = Sinks.empty();
    private Optional<PictureAnswer> answer = Optional.empty();
    private boolean answered;
    private boolean closed;
    private int attempts;

    private ViewOrder(PictureRequest request, LongPredicate known) {
        this.request = request;
        this.known = known;
    }

    /** Places an order for each subscriber, and waits so long for the answer. */
    static Mono<PictureAnswer> place(
            PictureRequest request, LongPredicate known, Duration longest, Consumer<ViewOrder> desk) {
        return Mono.using(
                        () -> new ViewOrder(request, known),
                        order -> {
                            desk.accept(order);
                            return order.done
                                    .asMono()
                                    .timeout(longest, Mono.empty())
                                    .then(Mono.fromSupplier(order::take));
                        },
                        ViewOrder::close)
                .doOnDiscard(PictureAnswer.class, PictureAnswer::close);
    }

    PictureRequest request() {
        return request;
    }

    /** Whether whoever waits has the picture of this revision. */
    boolean knows(long revision) {
        return known.test(revision);
    }

    /** Counts another attempt; the first is 1. */
    int attempt() {
        return ++attempts;
    }

    /** Whether somebody still waits. */
    synchronized boolean isWanted() {
        return !closed && !answered;
    }

    /** Takes over the hold that the answer has. */
    void answer(PictureAnswer made) {
        boolean isTooLate;
        synchronized (this) {
            isTooLate = !isWanted();
            if (!isTooLate) {
                answer = Optional.of(made);
                answered = true;
            }
        }
        if (isTooLate) {
            made.close();
        } else {
            done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /** There is no such picture now. */
    void none() {
        if (end()) {
            done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    void refuse(RuntimeException reason) {
        if (end()) {
            done.emitError(reason, Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    private synchronized boolean end() {
        boolean wasWanted = isWanted();
        answered = true;
        return wasWanted;
    }

    private synchronized @Nullable PictureAnswer take() {
        PictureAnswer taken = answer.orElse(null);
        answer = Optional.empty();
        return taken;
    }

    @Override
    public void close() {
        PictureAnswer left;
        synchronized (this) {
            closed = true;
            left = take();
        }
        if (left != null) {
            left.close();
        }
    }
}
