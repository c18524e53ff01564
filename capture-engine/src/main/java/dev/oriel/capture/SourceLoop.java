package dev.oriel.capture;

import dev.oriel.capture.StripeWriter.NoRoomException;
import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one source on its own thread: open it, wait for damage, capture what the schedule names, and when the
 * source is lost say so and open it again.
 */
final class SourceLoop implements Runnable {

    static final Duration RETRY_AFTER_LOSS = Duration.ofMillis(500);

    /** Who asked for one picture often asks for another. */
    static final Duration KEPT_AFTER_VIEW = Duration.ofMillis(500);

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
    private final Map<SpaceId, Pace> paces = new HashMap<>();
    private final Map<SpaceId, Long> lastRevisions = new HashMap<>();
    private final Object pause = new Object();
    private final ScheduleSlot schedules = new ScheduleSlot();
    private final ViewDesk views;
    private volatile boolean closed;
    private CaptureSchedule followed = CaptureSchedule.NOTHING;
    private boolean lossTold;
    private boolean resting;
    private long viewedAt;
    /** Why the spaces whose picture found no room have none of now. */
    private final Map<SpaceId, String> refusals = new HashMap<>();

    private List<Space> told = List.of();

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
        this.views = new ViewDesk(settings, counters);
        this.viewedAt = nanoTime.getAsLong() - KEPT_AFTER_VIEW.toNanos();
    }

    String name() {
        return source.name();
    }

    void follow(CaptureSchedule next) {
        schedules.put(next);
        source.wake();
    }

    void place(ViewOrder order) {
        views.place(order);
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
        try (StripeWriter writer = new StripeWriter(encoders, memory, counters)) {
            while (!closed) {
                try {
                    source.open();
                    resting = false;
                    log.debug("{} is open", source.name());
                    watch(writer);
                } catch (SourceLostException e) {
                    lose(e.state(), String.valueOf(e.getMessage()));
                } catch (RuntimeException | Error e) {
                    tellUnforeseen(e);
                    lose(SpaceState.LOST, e.toString());
                }
            }
        } finally {
            views.close();
            if (!closed) {
                tell(SpaceState.LOST, "it is no longer watched");
            }
            source.close();
        }
    }

    private void watch(StripeWriter writer) {
        while (!closed) {
            followSchedule();
            tell(withRefusals(source.spaces()));
            forgetWhatHiddenSpacesShowed();
            long untilNoting = noteDamage();
            long untilCapture = captureWhatIsDue(writer);
            boolean madeView = makeView(writer);
            long untilRest = restIfNothingIsToBeDone(writer);
            source.await(
                    madeView
                            ? Duration.ZERO
                            : Duration.ofNanos(Math.min(untilRest, Math.min(untilNoting, untilCapture))));
            tellBack();
        }
    }

    /**
     * Tells the board what changed. Damage that no capture takes for a while is taken here, so that the next change is
     * told too. Returns how long until that is due.
     */
    private long noteDamage() {
        long soonest = NOTHING_DUE.toNanos();
        for (Space space : source.spaces()) {
            if (space.state() == SpaceState.LIVE && source.isDamaged(space.id())) {
                long now = nanoTime.getAsLong();
                if (paceOf(space).damaged(now)) {
                    board.changed(number);
                }
                if (board.hasSeveralSources()) {
                    soonest = Math.min(soonest, takeDamageIfOld(space, now));
                }
            }
        }
        return soonest;
    }

    private long takeDamageIfOld(Space space, long now) {
        long left = paceOf(space).untilTaking(now);
        if (left > 0) {
            return left;
        }
        captureOf(space).takeDamage(source);
        paceOf(space).damageTaken();
        return NOTHING_DUE.toNanos();
    }

    /** Captures each target whose time has come; returns how long until the next. */
    private long captureWhatIsDue(StripeWriter writer) {
        long soonest = NOTHING_DUE.toNanos();
        for (CaptureTarget target : followed.targets()) {
            for (Space space : source.spaces()) {
                if (space.id().equals(target.space()) && space.state() == SpaceState.LIVE) {
                    soonest = Math.min(soonest, captureIfDue(space, target, writer));
                }
            }
        }
        return soonest;
    }

    private void followSchedule() {
        schedules.look().ifPresent(look -> {
            followed = look.newest();
            refusals.keySet()
                    .retainAll(followed.targets().stream()
                            .map(CaptureTarget::space)
                            .collect(Collectors.toSet()));
            captures.forEach((space, capture) ->
                    capture.keepShown(look.wantedThroughout().getOrDefault(space, Set.of())));
        });
    }

    private long captureIfDue(Space space, CaptureTarget target, StripeWriter writer) {
        SpaceCapture capture = captureOf(space);
        boolean shown = capture.hasShown(target.qualities());
        boolean hasNews = !shown
                || source.isDamaged(space.id())
                || capture.hasUnreadBands()
                || capture.isBehind(target.qualities());
        Pace pace = paceOf(space);
        long now = nanoTime.getAsLong();
        long untilSweep = capture.sweep().untilDue(now);
        long left = hasNews ? pace.untilCapture(target.interval(), shown, now) : untilSweep;
        if (left > 0) {
            return left;
        }
        if (untilSweep <= 0) {
            capture.verifyNext(now);
        }
        (hasNews ? counters.captures : counters.sweeps).increment();
        pace.damageTaken();
        try {
            long revision = capture.revision();
            List<Frame> frames = capture.capture(
                    source,
                    target.qualities(),
                    followed.jpegReduction(),
                    writer,
                    () -> schedules.supersedes(followed, target));
            if (frames.isEmpty() && schedules.supersedes(followed, target)) {
                return 0;
            }
            if (hasNews) {
                pace.captured(now);
            } else {
                counters.sweepNanos.add(nanoTime.getAsLong() - now);
            }
            if (!shown || capture.revision() != revision) {
                capture.sweep().changed(now);
            }
            frames.forEach(output);
            refusals.remove(space.id());
            return 0;
        } catch (NoRoomException e) {
            log.debug("{}: {}; trying again", space.id(), e.getMessage());
            refusals.put(space.id(), String.valueOf(e.getMessage()));
            pace.refused(now);
            return Pace.RETRY_AFTER_REFUSAL.toNanos();
        }
    }

    /** Makes one view that somebody waits for, if any; the others wait for the next turn, so that captures go on. */
    private boolean makeView(StripeWriter writer) {
        Optional<ViewOrder> order = views.next();
        order.ifPresent(next -> source.spaces().stream()
                .filter(space -> space.id().equals(next.request().space()) && space.state() == SpaceState.LIVE)
                .findFirst()
                .ifPresentOrElse(
                        space -> {
                            paceOf(space).damageTaken();
                            views.make(next, source, space, captureOf(space), writer);
                        },
                        next::none));
        if (order.isPresent()) {
            viewedAt = nanoTime.getAsLong();
        }
        return order.isPresent();
    }

    /**
     * While nothing is scheduled here, and no view was made for a moment, what only captures need is given back. Returns how
     * long until that is due.
     */
    private long restIfNothingIsToBeDone(StripeWriter writer) {
        long left = viewedAt + KEPT_AFTER_VIEW.toNanos() - nanoTime.getAsLong();
        boolean busy = left > 0 || isAnythingScheduled();
        if (!busy && !resting) {
            writer.rest();
            views.rest();
            captures.values().forEach(SpaceCapture::rest);
            source.rest();
        }
        resting = !busy;
        return left > 0 ? left : NOTHING_DUE.toNanos();
    }

    private boolean isAnythingScheduled() {
        return source.spaces().stream()
                .filter(space -> space.state() == SpaceState.LIVE)
                .anyMatch(space -> followed.targets().stream()
                        .anyMatch(target -> target.space().equals(space.id())));
    }

    private Pace paceOf(Space space) {
        return paces.computeIfAbsent(space.id(), ignored -> new Pace());
    }

    private SpaceCapture captureOf(Space space) {
        SpaceCapture capture = captures.get(space.id());
        if (capture == null || !capture.hasSizeOf(space)) {
            long revision = capture == null ? lastRevisions.getOrDefault(space.id(), 0L) : capture.revision();
            capture = new SpaceCapture(space, revision, settings, counters, clock, nanoTime.getAsLong());
            captures.put(space.id(), capture);
        }
        return capture;
    }

    /** Of a space that is gone only the revision is kept, so that it goes on when the space comes back. */
    private void forgetSpacesThatAreGone() {
        Set<SpaceId> there = told.stream().map(Space::id).collect(Collectors.toSet());
        captures.forEach((space, capture) -> lastRevisions.put(space, capture.revision()));
        captures.keySet().retainAll(there);
        paces.keySet().retainAll(there);
        refusals.keySet().retainAll(there);
    }

    /** A space that comes to the front again is shown again, even if it looks as before. */
    private void forgetWhatHiddenSpacesShowed() {
        for (Space space : source.spaces()) {
            SpaceCapture capture = captures.get(space.id());
            if (capture != null && space.state() != SpaceState.LIVE) {
                capture.keepShown(Set.of());
            }
        }
    }

    private void tellBack() {
        if (lossTold) {
            lossTold = false;
            log.info("{} is back", source.name());
        }
    }

    private void tellUnforeseen(Throwable failure) {
        if (!lossTold) {
            log.error("{} failed in an unforeseen way", source.name(), failure);
        }
    }

    private void lose(SpaceState state, String reason) {
        if (!closed && !lossTold) {
            lossTold = true;
            log.warn(
                    "{} is {}: {}; trying again every {} ms",
                    source.name(),
                    state.name().toLowerCase(Locale.ROOT),
                    reason,
                    RETRY_AFTER_LOSS.toMillis());
        }
        captures.values().forEach(capture -> capture.keepShown(Set.of()));
        tell(state, reason);
        views.sendAway();
        source.disconnect();
        pause();
    }

    private List<Space> withRefusals(List<Space> spaces) {
        return refusals.isEmpty()
                ? spaces
                : spaces.stream()
                        .map(space -> space.state() == SpaceState.LIVE && refusals.containsKey(space.id())
                                ? space.withState(SpaceState.LIVE, refusals.get(space.id()))
                                : space)
                        .toList();
    }

    private void tell(SpaceState state, String reason) {
        tell(source.spaces().stream()
                .map(space -> space.withState(state, reason))
                .toList());
    }

    private void tell(List<Space> spaces) {
        if (!spaces.equals(told)) {
            told = spaces;
            forgetSpacesThatAreGone();
            board.publish(number, spaces);
        }
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
