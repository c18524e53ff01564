package dev.oriel.cache;

import dev.oriel.capture.Fingerprint;
import dev.oriel.capture.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One question about one picture: first a call that runs, then the answer. All that changes in it is guarded by the lock
 * of the cache.
 */
final class Analysis<T> {

    /** How many pictures that look alike are known by their bytes, the newest. */
    static final int MOST_KEYS = 4;

    /** What an analysis takes of the heap beside its answer, its fingerprint and its question, roughly. */
    static final int BOOKKEEPING_BYTES = 1024;

    /** The call that finds the answer. */
    static final class Call<T> {

        final Analysis<T> analysis;
        /** With the hold of the asker that began the call. */
        final Frame frame;

        final List<Asker<T>> askers = new ArrayList<>();
        final Disposable.Swap upstream = Disposables.swap();

        /** The function has not returned yet, and may be reading the frame. */
        boolean starting = true;

        /** Given up while it was starting, so that the hold ends when it has started. */
        boolean abandoned;

        private Call(Analysis<T> analysis, Frame frame) {
            this.analysis = analysis;
            this.frame = frame;
        }
    }

    final Topic topic;
    final Fingerprint fingerprint;
    /** Grows from one analysis to the next. */
    final long number;

    final Deque<PictureKey> keys = new ArrayDeque<>(MOST_KEYS);

    @Nullable
    Call<T> call;

    @Nullable
    T answer;

    long chargedBytes;
    long keptAtNanos;

    /** The call takes over the hold on the frame. */
    Analysis(Topic topic, Fingerprint fingerprint, long number, Frame frame) {
        this.topic = topic;
        this.fingerprint = fingerprint;
        this.number = number;
        this.call = new Call<>(this, frame);
    }

    long bytesWith(int answerBytes) {
        return (long) answerBytes
                + fingerprint.sizeBytes()
                + 2L * topic.question().length()
                + BOOKKEEPING_BYTES;
    }
}
