package dev.oriel.gateway;

import dev.oriel.cache.FrameCache;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import dev.oriel.optimizer.Demand;
import dev.oriel.optimizer.Interest;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.optimizer.SchedulePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Which pictures there are, how far each can be believed, and how to get one of now. Safe for many threads. */
final class Pictures {

    /** What decides which spaces are looked at. */
    record Situation(LevelPlan plan, List<Space> spaces, Demand demand) {}

    static final Duration LONGEST_WAIT_FOR_PICTURE = Duration.ofSeconds(2);

    /** A picture that may be older than this is taken anew before it is called the one of now. */
    private static final Duration PROMPT = Duration.ofMillis(100);

    /** How long such a capture may take; if there is nothing new by then, nothing has changed. */
    private static final Duration LONGEST_WAIT_FOR_NEWS = Duration.ofMillis(250);

    private final FrameCache cache;
    private final SchedulePolicy schedulePolicy;
    private final DemandBoard demand;
    private final Supplier<Situation> now;
    private final CurrentPictures currentPictures = new CurrentPictures();
    private final Sinks.Many<FrameInfo> arrivals = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Set<SpaceId>> lives = Sinks.many().multicast().directBestEffort();

    Pictures(FrameCache cache, SchedulePolicy schedulePolicy, DemandBoard demand, Supplier<Situation> now) {
        this.cache = cache;
        this.schedulePolicy = schedulePolicy;
        this.demand = demand;
        this.now = now;
    }

    /** Notes what is captured from now on. */
    void follow(CaptureSchedule schedule) {
        currentPictures.follow(schedule);
    }

    /** Notes which spaces can be read; the pictures of all others are no longer those of now. */
    void keepCurrent(Set<SpaceId> live) {
        currentPictures.keepOnly(live);
        lives.emitNext(live, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
    }

    /** Takes over a frame of the engine, one at a time, and tells who listens that it came. */
    void put(Frame frame) {
        FrameInfo info = frame.info();
        currentPictures.came(info);
        cache.put(frame);
        arrivals.emitNext(info, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** Frames that have come into the cache. Hot; who is slow misses some. */
    Flux<FrameInfo> arrivals() {
        return arrivals.asFlux();
    }

    /** What the newest picture of a space shows. */
    Optional<FrameInfo> newestInfo(SpaceId space) {
        return cache.newestInfo(space);
    }

    /**
     * How far the picture of a space can be believed: a space that the plan leaves out is not looked at, so its picture
     * is the last one seen.
     */
    SpaceState state(Space space) {
        Situation current = now.get();
        boolean mayBeCaptured = schedulePolicy.mayCapture(space, current.plan(), current.spaces(), current.demand());
        return space.state() == SpaceState.LIVE && !mayBeCaptured ? SpaceState.STALE : space.state();
    }

    /**
     * How far one picture of a space can be believed: it is live only while its space is looked at, and it has come since
     * that began.
     */
    SpaceState state(Space space, FrameInfo picture) {
        SpaceState state = state(space);
        return state == SpaceState.LIVE && !currentPictures.include(picture) ? SpaceState.STALE : state;
    }

    /** Why a space is in the {@link #state(Space)} it is in, in words. */
    String reason(Space space) {
        if (space.state() == SpaceState.LIVE && state(space) == SpaceState.STALE) {
            return schedulePolicy.isMonitored(space)
                    ? "it is not captured at this pressure level"
                    : "it is not among MONITORED_SPACES";
        }
        if (space.state() == SpaceState.STALE && newestInfo(space.id()).isEmpty()) {
            return "it was not in front yet, so there is no picture of it";
        }
        if (!space.reason().isEmpty()) {
            return space.reason();
        }
        return switch (space.state()) {
            case LIVE -> "it can be read";
            case STALE -> "it is hidden; this is the last picture seen";
            case LOST -> "its source does not answer";
            case DENIED -> "the system does not let us read it";
        };
    }

    /**
     * The newest picture that is held, in the quality asked for where there is one.
     *
     * @return with a hold of the caller's
     */
    Optional<Frame> held(SpaceId space, Quality asked) {
        Quality quality = asked.orWorse(now.get().plan().ceiling());
        boolean current = currentPictures.include(space, quality);
        return current
                ? cache.latest(space, quality, true).or(() -> cache.newest(space))
                : newer(cache.latest(space, quality, false), cache.newest(space));
    }

    /**
     * The same for a subscriber, who gets whatever comes. The cache does not take it for a question: what everybody is sent
     * is not what somebody will come back to.
     *
     * @return with a hold of the caller's
     */
    Optional<Frame> toSend(SpaceId space, Quality asked) {
        Quality quality = asked.orWorse(now.get().plan().ceiling());
        Optional<Frame> wanted = cache.newest(space, quality);
        return wanted.isPresent() && currentPictures.include(space, quality)
                ? wanted
                : newer(wanted, cache.newest(space));
    }

    /** The newest, unless the wanted one shows the same. Closes the other. */
    private static Optional<Frame> newer(Optional<Frame> wanted, Optional<Frame> newest) {
        boolean newestIsNewer = newest.isPresent()
                && wanted.map(frame -> frame.revision() < newest.get().revision())
                        .orElse(true);
        (newestIsNewer ? wanted : newest).ifPresent(Frame::close);
        return newestIsNewer ? newest : wanted;
    }

    /**
     * A picture and how far it can be believed.
     *
     * @param frame with a hold that goes along
     */
    record Picture(Frame frame, SpaceState state) {}

    /**
     * A picture of a space as it is now; for a space that cannot be captured now, the last one seen.
     *
     * @return with a hold of the subscriber's; empty if there is none, or if none came in time and the last one is too old
     */
    Mono<Picture> picture(Space space, Quality asked) {
        Quality quality = asked.orWorse(now.get().plan().ceiling());
        SpaceId id = space.id();
        SpaceState state = state(space);
        Optional<Duration> interval = currentPictures.interval(id, quality);
        boolean isPrompt = interval.map(age -> age.compareTo(PROMPT) <= 0).orElse(false);
        if (state != SpaceState.LIVE) {
            return Mono.fromSupplier(() -> heldPicture(space, asked));
        }
        if (isPrompt) {
            return Mono.fromSupplier(() -> heldPicture(space, asked))
                    .switchIfEmpty(Mono.defer(() -> taken(space, asked, false, LONGEST_WAIT_FOR_PICTURE)));
        }
        boolean isScheduled = interval.isPresent();
        return taken(space, asked, isScheduled, isScheduled ? LONGEST_WAIT_FOR_NEWS : LONGEST_WAIT_FOR_PICTURE);
    }

    private @Nullable Picture heldPicture(Space space, Quality asked) {
        return held(space.id(), asked)
                .map(frame -> new Picture(frame, state(space, frame.info())))
                .orElse(null);
    }

    /**
     * A picture that is taken now.
     *
     * @param isCurrent whether the one that is held is that of now, if none comes in time
     */
    private Mono<Picture> taken(Space space, Quality asked, boolean isCurrent, Duration longest) {
        Quality quality = asked.orWorse(now.get().plan().ceiling());
        return arrival(space.id(), quality, longest)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .mapNotNull(arrived -> {
                    Space meanwhile = now.get().spaces().stream()
                            .filter(known -> known.id().equals(space.id()))
                            .findFirst()
                            .orElse(space);
                    return state(meanwhile) == SpaceState.LIVE
                            ? fromCache(space.id(), quality, arrived.isPresent() || isCurrent)
                            : heldPicture(meanwhile, asked);
                });
    }

    private @Nullable Picture fromCache(SpaceId id, Quality quality, boolean isOfNow) {
        return cache.latest(id, quality, isOfNow)
                .map(frame -> new Picture(frame, isOfNow ? SpaceState.LIVE : SpaceState.STALE))
                .or(() -> inAnotherQuality(id, quality))
                .orElse(null);
    }

    /** Where there is no room for the quality asked for, one that was seen a moment ago. */
    private Optional<Picture> inAnotherQuality(SpaceId id, Quality quality) {
        Optional<Frame> nearest = cache.at(id, quality, Instant.MAX);
        nearest.ifPresent(Frame::close);
        return nearest.flatMap(frame -> cache.latest(id, frame.quality(), false))
                .map(frame -> new Picture(frame, SpaceState.STALE));
    }

    /** Wants a picture as soon as can be, until one comes or for so long. */
    private Mono<FrameInfo> arrival(SpaceId id, Quality quality, Duration longest) {
        return Mono.using(
                demand::take,
                place -> Flux.merge(
                                arrivals.asFlux()
                                        .filter(frame -> frame.space().equals(id) && frame.quality() == quality),
                                /* Second, so that a frame that comes at once finds a listener. */
                                Mono.<FrameInfo>fromRunnable(() ->
                                        place.want(List.of(new Interest(Optional.of(id), quality, Duration.ZERO)))))
                        .takeUntilOther(lives.asFlux().filter(live -> !live.contains(id)))
                        .next()
                        .timeout(longest, Mono.empty()),
                DemandBoard.Place::close);
    }
}
