package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.Session;
import dev.oriel.benchmarks.simulator.Session.Change;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.FrameReading;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.capture.x11.X11Options;
import dev.oriel.capture.x11.X11Source;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Follows a display with the engine, in the pace of an agent, and notes which stripes changed and what they took. */
final class SessionRecorder implements AutoCloseable {

    /** What ends a stripe in a frame, which {@link Frame#stripe} leaves out. */
    private static final int MARKER_BYTES = 2;

    private static final long MEMORY_BYTES = 64 * 1024 * 1024;
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Set<Quality> QUALITIES = Set.of(Quality.OPTIMIZED, Quality.THUMBNAIL);

    private final String name;
    private final CaptureEngine engine;
    private final long start = System.nanoTime();

    private final Map<Quality, Frame> newest = new EnumMap<>(Quality.class);
    private final Map<ByteBuffer, Integer> known = new HashMap<>();
    private final List<Integer> bytes = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /** Records from now on. */
    SessionRecorder(String name, String display) {
        this.name = name;
        X11Source source =
                new X11Source(display, X11Options.defaults().withSpaces(SpaceKind.DISPLAYS), System::nanoTime);
        this.engine = CaptureEngine.start(
                List.of(source), FrameMemory.onHeap(MEMORY_BYTES), CaptureSettings.defaults(), Clock.systemUTC());
        Flux<CaptureSchedule> everything = engine.spaces()
                .filter(spaces -> !spaces.isEmpty())
                .next()
                .map(SessionRecorder::everything)
                .concatWith(Mono.never());
        engine.frames(everything).subscribe(this::take);
    }

    private static CaptureSchedule everything(List<Space> spaces) {
        return new CaptureSchedule(
                spaces.stream()
                        .map(space -> new CaptureTarget(space.id(), QUALITIES, INTERVAL))
                        .toList(),
                0);
    }

    private synchronized void take(Frame frame) {
        int millis = (int) ((System.nanoTime() - start) / 1_000_000);
        changes.add(new Change(millis, frame.quality(), contents(frame)));
        Frame before = newest.put(frame.quality(), frame);
        if (before != null) {
            before.close();
        }
    }

    /* A stripe is known by its place and its bytes. */
    private int[] contents(Frame frame) {
        int[] contents = new int[frame.stripeCount()];
        try (FrameReading reading = frame.read()) {
            for (int index = 0; index < contents.length; index++) {
                contents[index] = content(index, frame.quality(), reading.stripe(index));
            }
        }
        return contents;
    }

    private int content(int index, Quality quality, ByteBuffer stripe) {
        ByteBuffer key = ByteBuffer.allocate(stripe.remaining() + Short.BYTES + 1);
        key.putShort((short) index)
                .put((byte) quality.ordinal())
                .put(stripe.duplicate())
                .flip();
        Integer content = known.putIfAbsent(key, bytes.size());
        if (content == null) {
            content = bytes.size();
            bytes.add(stripe.remaining() + MARKER_BYTES);
        }
        return content;
    }

    /** What was seen so far. */
    synchronized Session session() {
        return new Session(name, bytes.stream().mapToInt(Integer::intValue).toArray(), changes);
    }

    @Override
    public void close() {
        engine.close();
        synchronized (this) {
            newest.values().forEach(Frame::close);
            newest.clear();
        }
    }
}
