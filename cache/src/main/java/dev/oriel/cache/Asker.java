package dev.oriel.cache;

import dev.oriel.capture.Frame;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/*
 * Whoever turns begun to true has to end the hold: the thread that looks, when it is done, or the one that cancels before
 * that. Work that was begun is not interrupted, as others may have joined the call that it began.
 */
/** One subscription to {@link AnalysisCache#ask}, with a hold on its frame until the answer was looked for. */
final class Asker<T> {

    final String question;
    final Frame frame;
    final Function<? super Frame, ? extends Mono<T>> function;
    final MonoSink<T> sink;

    /** Guarded by the lock of the cache, as the next two. */
    boolean left;

    Analysis.@Nullable Call<T> call;

    /** Found, to be handed over outside the lock. */
    @Nullable
    T answer;

    /** The hold has passed to the call that this one began. Only for the thread that looks. */
    boolean handedOver;

    private final AnalysisCache<T> cache;
    private final AtomicBoolean begun = new AtomicBoolean();

    Asker(
            AnalysisCache<T> cache,
            Frame frame,
            String question,
            Function<? super Frame, ? extends Mono<T>> function,
            MonoSink<T> sink) {
        this.cache = cache;
        this.frame = frame;
        this.question = question;
        this.function = function;
        this.sink = sink;
    }

    void begin(Scheduler scheduler) {
        sink.onDispose(this::leave);
        try {
            scheduler.schedule(this::look);
        } catch (RejectedExecutionException e) {
            if (begun.compareAndSet(false, true)) {
                frame.close();
            }
            sink.error(e);
        }
    }

    private void look() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        @Nullable Throwable error = null;
        try {
            cache.look(this);
        } catch (Throwable e) {
            Exceptions.throwIfFatal(e);
            error = e;
        } finally {
            if (!handedOver) {
                frame.close();
            }
        }
        T known = answer;
        if (error != null) {
            sink.error(error);
        } else if (known != null) {
            sink.success(known);
        }
    }

    /** Also after the end, when it means nothing. */
    private void leave() {
        if (begun.compareAndSet(false, true)) {
            frame.close();
        }
        cache.leave(this);
    }
}
