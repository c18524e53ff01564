package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Takes frames and keeps them until the test closes it. */
final class FrameCollector extends BaseSubscriber<Frame> {

    private static final long LONGEST_SECONDS = 15;

    private final long firstDemand;
    private final BlockingQueue<Frame> arrived = new LinkedBlockingQueue<>();
    private final List<Frame> handedOut = new ArrayList<>();
    private volatile @Nullable Throwable error;
    private volatile boolean complete;

    FrameCollector(long firstDemand) {
        this.firstDemand = firstDemand;
    }

    static FrameCollector unbounded() {
        return new FrameCollector(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        if (firstDemand > 0) {
            request(firstDemand);
        }
    }

    @Override
    protected void hookOnNext(Frame frame) {
        arrived.add(frame);
    }

    @Override
    protected void hookOnError(Throwable throwable) {
        error = throwable;
    }

    @Override
    protected void hookOnComplete() {
        complete = true;
    }

    /** The next frame, which stays held until it is {@linkplain #letGo let go} or all are. */
    Frame next() {
        try {
            Frame frame = arrived.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame came");
            }
            handedOut.add(frame);
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** All that have arrived and were not handed out. */
    List<Frame> rest() {
        List<Frame> frames = new ArrayList<>();
        arrived.drainTo(frames);
        handedOut.addAll(frames);
        return frames;
    }

    void assertNothingNew() {
        assertThat(arrived).isEmpty();
    }

    void letGo(Frame frame) {
        assertThat(handedOut.remove(frame)).isTrue();
        frame.close();
    }

    void letGoOfAll() {
        rest();
        handedOut.forEach(Frame::close);
        handedOut.clear();
    }

    @Nullable
    Throwable error() {
        return error;
    }

    boolean isComplete() {
        return complete;
    }
}
