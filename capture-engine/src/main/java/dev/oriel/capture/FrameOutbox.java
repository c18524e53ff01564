package dev.oriel.capture;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * The frames that wait for one subscriber: at most one for each space and quality, the newest. Frames that are passed
 * over are closed here.
 */
final class FrameOutbox {

    private record Key(SpaceId space, Quality quality) {}

    private final FluxSink<Frame> sink;
    private final Map<Key, Frame> waiting = new LinkedHashMap<>();
    private final AtomicInteger drains = new AtomicInteger();
    private boolean discarded;

    FrameOutbox(FluxSink<Frame> sink) {
        this.sink = sink;
        sink.onRequest(ignored -> drain());
    }

    /** Takes over the caller's hold. */
    void offer(Frame frame) {
        Frame passedOver;
        synchronized (waiting) {
            passedOver = discarded ? frame : waiting.put(new Key(frame.space(), frame.quality()), frame);
        }
        if (passedOver != null) {
            passedOver.close();
        }
        drain();
    }

    /* One thread drains at a time, so that the demand it sees is still there when it emits. */
    private void drain() {
        if (drains.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (sink.requestedFromDownstream() > 0) {
                Frame frame = poll();
                if (frame == null) {
                    break;
                }
                sink.next(frame);
            }
            missed = drains.addAndGet(-missed);
        } while (missed != 0);
    }

    private @Nullable Frame poll() {
        synchronized (waiting) {
            Iterator<Frame> frames = waiting.values().iterator();
            if (!frames.hasNext()) {
                return null;
            }
            Frame frame = frames.next();
            frames.remove();
            return frame;
        }
    }

    boolean isDiscarded() {
        synchronized (waiting) {
            return discarded;
        }
    }

    /** Closes what waits, and from now on whatever is offered. */
    void discard() {
        List<Frame> frames;
        synchronized (waiting) {
            discarded = true;
            frames = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        frames.forEach(Frame::close);
    }
}
