package dev.oriel.capture;

import dev.oriel.capture.StripeWriter.NoRoomException;
import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one source on its own thread: open it, wait for damage, capture what the schedule names, and when the
 * source is lost say so and open it again.
 */
final class SourceLoop implements Runnable {

    static final Duration RETRY_AFTER_LOSS = Duration.ofMillis(500);
    static final Duration RETRY_AFTER_REFUSAL = Duration.ofMillis(250);

    private static final Duration NOTHING_DUE = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(SourceLoop.class);

    private final int number;
    private final ScreenSource source;
    private final StripeEncoders encoders;
    private final FrameMemory memory;
    private final CaptureSettings settings;
    private final CaptureCounters counters;
    private final SpaceBoard board;
    private final Consumer<Frame> output;
    private final Clock clock;
    private final LongSupplier nanoTime;

    private final Map<SpaceId, SpaceCapture> captures = new HashMap<>();
    private final Map<SpaceId, Long> notBefore = new HashMap<>();
    private final Set<SpaceId> damaged = new HashSet<>();
    private final Object pause = new Object();
    private volatile CaptureSchedule schedule = CaptureSchedule.NOTHING;
    private volatile boolean closed;
    private CaptureSchedule followed = CaptureSchedule.NOTHING;
    private boolean lossTold;

    SourceLoop(
            int number,
            ScreenSource source,
            StripeEncoders encoders,
            FrameMemory memory,
            CaptureSettings settings,
            CaptureCounters counters,
            SpaceBoard board,
            Consumer<Frame> output,
            Clock clock,
            LongSupplier nanoTime) {
        this.number = number;
        this.source = source;
        this.encoders = encoders;
        this.memory = memory;
        this.settings = settings;
        this.counters = counters;
        this.board = board;
        this.output = output;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    String name() {
        return source.name();
    }

    void follow(CaptureSchedule next) {
        schedule = next;
        source.wake();
    }

    void close() {
        synchronized (pause) {
            closed = true;
            pause.notifyAll();
        }
        source.wake();
    }

    @Override
    public void run() {
        try (StripeWriter writer = new StripeWriter(encoders.open(), memory, counters)) {
            while (!closed) {
                try {
                    source.open();
                    log.debug("{} is open", source.name());
                    lossTold = false;
                    watch(writer);
                } catch (SourceLostException e) {
                    lose(String.valueOf(e.getMessage()));
                } catch (RuntimeException e) {
                    log.error("{} failed in an unforeseen way", source.name(), e);
                    lose(e.toString());
                }
            }
        } finally {
            source.close();
        }
    }

    private void watch(StripeWriter writer) {
        while (!closed) {
            board.publish(number, source.spaces());
            noteDamage();
            Duration wait = captureWhatIsDue(writer);
            source.await(wait);
        }
    }

    private void noteDamage() {
        for (Space space : source.spaces()) {
            if (space.state() == SpaceState.LIVE && source.isDamaged(space.id()) && damaged.add(space.id())) {
                board.changed(number);
            }
        }
    }

    /** Captures each target whose time has come; returns how long until the next. */
    private Duration captureWhatIsDue(StripeWriter writer) {
        followSchedule();
        long soonest = NOTHING_DUE.toNanos();
        for (CaptureTarget target : followed.targets()) {
            for (Space space : source.spaces()) {
                if (space.id().equals(target.space()) && space.state() == SpaceState.LIVE) {
                    soonest = Math.min(soonest, captureIfDue(space, target, writer));
                }
            }
        }
        return Duration.ofNanos(soonest);
    }

    private void followSchedule() {
        CaptureSchedule next = schedule;
        if (!next.equals(followed)) {
            followed = next;
            Map<SpaceId, Set<Quality>> wanted = new HashMap<>();
            next.targets().forEach(target -> wanted.put(target.space(), target.qualities()));
            captures.forEach((space, capture) -> capture.keepShown(wanted.getOrDefault(space, Set.of())));
        }
    }

    private long captureIfDue(Space space, CaptureTarget target, StripeWriter writer) {
        SpaceCapture capture = captureOf(space);
        if (!source.isDamaged(space.id()) && !capture.hasUnreadBands() && capture.hasShown(target.qualities())) {
            return NOTHING_DUE.toNanos();
        }
        long now = nanoTime.getAsLong();
        long due = notBefore.getOrDefault(space.id(), now);
        if (now - due < 0) {
            return due - now;
        }
        damaged.remove(space.id());
        try {
            List<Frame> frames = capture.capture(source, target.qualities(), followed.jpegReduction(), writer);
            notBefore.put(space.id(), now + target.interval().toNanos());
            frames.forEach(output);
            return 0;
        } catch (NoRoomException e) {
            log.debug("{}: {}; trying again in {}", space.id(), e.getMessage(), RETRY_AFTER_REFUSAL);
            notBefore.put(space.id(), now + RETRY_AFTER_REFUSAL.toNanos());
            return RETRY_AFTER_REFUSAL.toNanos();
        }
    }

    private SpaceCapture captureOf(Space space) {
        SpaceCapture capture = captures.get(space.id());
        if (capture == null || !capture.hasSizeOf(space)) {
            long revision = capture == null ? 0 : capture.revision();
            capture = new SpaceCapture(space, revision, settings, counters, clock);
            captures.put(space.id(), capture);
        }
        return capture;
    }

    private void lose(String reason) {
        if (!closed && !lossTold) {
            lossTold = true;
            log.warn("{} is lost: {}; trying again every {} ms", source.name(), reason, RETRY_AFTER_LOSS.toMillis());
        }
        board.publish(
                number,
                source.spaces().stream()
                        .map(space -> space.withState(SpaceState.LOST))
                        .toList());
        source.disconnect();
        pause();
    }

    private void pause() {
        synchronized (pause) {
            if (!closed) {
                try {
                    pause.wait(RETRY_AFTER_LOSS.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    closed = true;
                }
            }
        }
    }
}
