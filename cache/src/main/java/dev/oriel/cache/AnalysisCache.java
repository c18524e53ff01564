package dev.oriel.cache;

import dev.oriel.cache.Analysis.Call;
import dev.oriel.capture.Fingerprint;
import dev.oriel.capture.Fingerprints;
import dev.oriel.capture.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Answers to expensive questions about pictures, of a vision model or an OCR: asked again about the same picture, or one
 * that looks the same, of any space, the answer is there at once.
 *
 * <p>The very same picture is known by its bytes, without decoding it. Otherwise the picture is compared with those of the
 * same size that the same question was asked about: it counts as the same if no sample of it differs by more
 * than a tolerance and what the JPEG qualities explain (see {@link Fingerprint}). Pictures of different sizes never do. At most {@value #MOST_COMPARED} pictures
 * are compared with, the newest.
 *
 * <p>A question stands for what is done with the picture: ask different functions by different questions. Put whatever
 * else the answer depends on, the model for example, into the question.
 *
 * <p>Answers and what finds them are charged to a byte budget, which is never exceeded; those used last stay. All methods
 * are safe for many threads.
 *
 * @param <T> the answers; immutable, since many get the same
 */
public final class AnalysisCache<T> implements AutoCloseable {

    /** How many pictures one that is not known by its bytes is compared with. */
    public static final int MOST_COMPARED = 10_000;

    /* Guards everything below that changes, and what hangs on it. Nothing is called under it that is not ours. */
    private final Object lock = new Object();
    private final AnalysisIndex<T> index;
    private final Fingerprints fingerprints;
    private final int tolerance;
    private final ToIntFunction<? super T> weigher;
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;

    private boolean closed;
    private long begun;
    private int running;
    private long exactHits;
    private long similarHits;
    private long joined;
    private long failures;
    private long abandoned;

    private AnalysisCache(AnalysisCacheSettings<T> settings, Scheduler scheduler, LongSupplier nanoTime) {
        this.index = new AnalysisIndex<>(settings.budgetBytes(), settings.ttl());
        this.fingerprints = Fingerprints.open(settings.region(), settings.ignored());
        this.tolerance = settings.tolerance();
        this.weigher = settings.weigher();
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes an empty cache that works on Reactor's bounded elastic scheduler.
     *
     * @param <T> the answers
     * @param settings how much it keeps at first, for how long, and what counts as the same
     * @return to be closed by the caller
     */
    public static <T> AnalysisCache<T> open(AnalysisCacheSettings<T> settings) {
        return open(settings, Schedulers.boundedElastic(), System::nanoTime);
    }

    /**
     * Makes an empty cache.
     *
     * @param <T> the answers
     * @param settings how much it keeps at first, for how long, and what counts as the same
     * @param scheduler where pictures are looked at and calls begin; stays the caller's
     * @param nanoTime the running time, as {@link System#nanoTime}
     * @return to be closed by the caller
     */
    public static <T> AnalysisCache<T> open(
            AnalysisCacheSettings<T> settings, Scheduler scheduler, LongSupplier nanoTime) {
        return new AnalysisCache<>(
                settings, Objects.requireNonNull(scheduler, "scheduler"), Objects.requireNonNull(nanoTime, "nanoTime"));
    }

    /**
     * The answer to a question about a picture. If it is not known, one call finds it for all who ask meanwhile about the
     * same picture, or one that looks the same.
     *
     * <ul>
     *   <li>Temperature: cold; each subscriber asks anew.
     *   <li>Demand: one answer. A call begins, and goes on, whether or not an answer was requested yet.
     *   <li>Threads: the scheduler of the cache takes the key, decodes if it must (about 4 ms for 1920x1080, one picture
     *       at a time), calls the function and subscribes to what it gives; an answer that is known comes on it too, others
     *       on the thread of the call. Subscribing does not block.
     *   <li>Ends: as the call does, for all who wait; empty and failed calls are not kept. Cancelling ends the waiting of
     *       one; the call is cancelled when nobody waits any more. Fails with {@link IllegalStateException} if nobody
     *       holds the frame or the cache is or gets closed.
     *   <li>Owns: takes a hold on the frame when subscribed to, which ends on its own, on cancelling and errors too; the
     *       caller's hold stays the caller's, who needs it no longer than until subscribing.
     * </ul>
     *
     * @param frame the picture
     * @param question what is asked; the same text means the same question
     * @param function begins the call; the frame it is handed is held until the call ends or is cancelled, and work that
     *     reads it after that takes a hold of its own
     * @return the answer
     */
    public Mono<T> ask(Frame frame, String question, Function<? super Frame, ? extends Mono<T>> function) {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(function, "function");
        return Mono.create(sink -> new Asker<>(this, frame.retain(), question, function, sink).begin(scheduler));
    }

    /** Finds the answer or a call, or begins one. The asker holds its frame meanwhile. */
    void look(Asker<T> asker) {
        PictureKey key = new PictureKey(asker.question, fingerprints.keyOf(asker.frame));
        if (!joinSame(asker, key)) {
            Fingerprint fingerprint = fingerprints.of(asker.frame);
            Topic topic = new Topic(asker.question, fingerprint.width(), fingerprint.height());
            joinAlikeOrBegin(asker, key, topic, fingerprint).ifPresent(call -> start(call, asker));
        }
    }

    private boolean joinSame(Asker<T> asker, PictureKey key) {
        synchronized (lock) {
            if (isGone(asker)) {
                return true;
            }
            Optional<Analysis<T>> same = index.find(key);
            same.ifPresent(analysis -> {
                join(asker, analysis);
                if (asker.answer != null) {
                    exactHits++;
                }
            });
            return same.isPresent();
        }
    }

    /** Compares outside the lock; what began meanwhile is compared with under it, so that no call runs twice. */
    private Optional<Call<T>> joinAlikeOrBegin(Asker<T> asker, PictureKey key, Topic topic, Fingerprint fingerprint) {
        List<Analysis<T>> seen;
        long seenAll;
        synchronized (lock) {
            seen = index.about(topic);
            seenAll = begun;
        }
        Optional<Analysis<T>> found = alike(seen, fingerprint);
        synchronized (lock) {
            if (isGone(asker)) {
                return Optional.empty();
            }
            Optional<Analysis<T>> alike = found.filter(index::contains);
            if (alike.isEmpty() && begun != seenAll) {
                List<Analysis<T>> news = index.about(topic);
                news.removeIf(analysis -> analysis.number <= seenAll);
                alike = alike(news, fingerprint);
            }
            if (alike.isPresent()) {
                index.alsoKnownBy(alike.get(), key);
                join(asker, alike.get());
                if (asker.answer != null) {
                    similarHits++;
                }
                return Optional.empty();
            }
            begun++;
            running++;
            Analysis<T> analysis = new Analysis<>(topic, fingerprint, begun, asker.frame);
            asker.handedOver = true;
            index.add(analysis, key);
            Call<T> call = Objects.requireNonNull(analysis.call);
            enlist(asker, call);
            return Optional.of(call);
        }
    }

    /* Pictures that one question is asked about often differ in the same place: the next comparison begins there. */
    private Optional<Analysis<T>> alike(List<Analysis<T>> analyses, Fingerprint fingerprint) {
        int row = 0;
        int last = Math.max(0, analyses.size() - MOST_COMPARED);
        for (int next = analyses.size() - 1; next >= last; next--) {
            OptionalInt difference = analyses.get(next).fingerprint.difference(fingerprint, tolerance, row);
            if (difference.isEmpty()) {
                return Optional.of(analyses.get(next));
            }
            row = difference.getAsInt();
        }
        return Optional.empty();
    }

    /** Under the lock. Old answers are forgotten on the way. */
    private boolean isGone(Asker<T> asker) {
        if (closed) {
            throw closedException();
        }
        index.expire(nanoTime.getAsLong());
        return asker.left;
    }

    private void join(Asker<T> asker, Analysis<T> analysis) {
        Call<T> call = analysis.call;
        if (call != null) {
            joined++;
            enlist(asker, call);
        } else {
            index.used(analysis);
            asker.answer = analysis.answer;
        }
    }

    private static <T> void enlist(Asker<T> asker, Call<T> call) {
        call.askers.add(asker);
        asker.call = call;
    }

    /** On the thread of the asker that found nothing. The frame is held until the function returns, whoever gives up. */
    private void start(Call<T> call, Asker<T> asker) {
        try {
            if (!call.upstream.isDisposed()) {
                Mono<T> answers = asker.function.apply(call.frame);
                call.upstream.update(Objects.requireNonNull(answers, "the function gave no Mono")
                        .contextWrite(asker.sink.contextView())
                        .subscribe(answer -> answered(call, answer), error -> failed(call, error), () -> ended(call)));
            }
        } catch (Throwable e) {
            Exceptions.throwIfFatal(e);
            failed(call, e);
        } finally {
            boolean last;
            synchronized (lock) {
                call.starting = false;
                last = call.abandoned;
            }
            if (last) {
                call.frame.close();
            }
        }
    }

    private void answered(Call<T> call, T answer) {
        int bytes;
        try {
            bytes = weigher.applyAsInt(answer);
            if (bytes < 0) {
                throw new IllegalStateException("the weigher must give 0 or more, gave " + bytes);
            }
        } catch (RuntimeException e) {
            failed(call, e);
            return;
        }
        settle(
                call,
                analysis -> index.keep(analysis, answer, bytes, nanoTime.getAsLong()),
                sink -> sink.success(answer));
    }

    private void failed(Call<T> call, Throwable error) {
        settle(
                call,
                analysis -> {
                    failures++;
                    index.remove(analysis);
                },
                sink -> sink.error(error));
    }

    /** Comes after an answer as well, when it means nothing. */
    private void ended(Call<T> call) {
        settle(call, index::remove, MonoSink::success);
    }

    /** The first to settle a call ends its hold and tells those who wait. */
    private void settle(Call<T> call, Consumer<Analysis<T>> change, Consumer<MonoSink<T>> message) {
        List<Asker<T>> askers;
        synchronized (lock) {
            if (call.analysis.call != call) {
                return;
            }
            askers = detach(call);
            change.accept(call.analysis);
        }
        call.frame.close();
        askers.forEach(asker -> message.accept(asker.sink));
    }

    private List<Asker<T>> detach(Call<T> call) {
        List<Asker<T>> askers = List.copyOf(call.askers);
        call.askers.clear();
        call.analysis.call = null;
        running--;
        return askers;
    }

    /** One who asked waits no longer. If nobody does, the call is given up. */
    void leave(Asker<T> asker) {
        Call<T> call;
        synchronized (lock) {
            asker.left = true;
            call = asker.call;
            if (call == null || !call.askers.remove(asker) || !call.askers.isEmpty()) {
                return;
            }
            detach(call);
            index.remove(call.analysis);
            abandoned++;
        }
        abandon(call);
    }

    /** Of a call that was detached. */
    private void abandon(Call<T> call) {
        call.upstream.dispose();
        synchronized (lock) {
            call.abandoned = true;
            if (call.starting) {
                return;
            }
        }
        call.frame.close();
    }

    /**
     * Changes the budget, at any moment and from any thread. Answers over the new one are dropped before this returns,
     * those used longest ago first.
     *
     * @param budgetBytes above 0
     * @throws IllegalArgumentException if it is not
     */
    public void resize(long budgetBytes) {
        if (budgetBytes <= 0) {
            throw new IllegalArgumentException("the budget must be positive, was " + budgetBytes);
        }
        synchronized (lock) {
            index.expire(nanoTime.getAsLong());
            index.resize(budgetBytes);
        }
    }

    /**
     * What is kept and what was asked.
     *
     * @return a snapshot
     */
    public AnalysisCacheStats stats() {
        synchronized (lock) {
            index.expire(nanoTime.getAsLong());
            return new AnalysisCacheStats(
                    index.budgetBytes(),
                    index.chargedBytes,
                    index.answers(),
                    running,
                    exactHits,
                    similarHits,
                    joined,
                    begun,
                    failures,
                    abandoned,
                    index.evictions,
                    index.expired,
                    index.tooHeavy);
        }
    }

    /** Forgets all answers, cancels the calls, and tells those who wait. Harmless when closed. */
    @Override
    public void close() {
        List<Call<T>> calls;
        List<Asker<T>> askers = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            calls = index.removeAll().stream()
                    .map(analysis -> analysis.call)
                    .filter(Objects::nonNull)
                    .toList();
            abandoned += calls.size();
            calls.forEach(call -> askers.addAll(detach(call)));
        }
        calls.forEach(this::abandon);
        askers.forEach(asker -> asker.sink.error(closedException()));
        fingerprints.close();
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the analysis cache was closed");
    }
}
