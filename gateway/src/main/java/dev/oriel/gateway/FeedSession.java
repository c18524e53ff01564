package dev.oriel.gateway;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import dev.oriel.optimizer.Demand;
import dev.oriel.optimizer.Interest;
import dev.oriel.optimizer.LevelPlan;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureStatus;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/*
 * Nothing is queued but the names of spaces that have news, and the newest text of each kind. A picture is taken when the
 * socket asks for it, so it is always the newest, and a slow client holds no frame but the one being written.
 */
/** One subscriber of the feed: what it wants, what it was sent, and what comes next. Safe for many threads. */
final class FeedSession implements AutoCloseable {

    /** What a client was last sent of a space. */
    private record Sent(FrameInfo frame, SpaceState state) {

        /** Of a space that is not seen, what shows the same is sent again only if it is nearer to what is wanted. */
        boolean isAsGoodAs(FrameInfo other, boolean isSeen, Quality wanted) {
            if (isSeen) {
                return frame.equals(other);
            }
            if (frame.revision() != other.revision()) {
                return frame.revision() > other.revision();
            }
            return !wanted.isBetterThan(frame.quality()) || !other.quality().isBetterThan(frame.quality());
        }
    }

    /** The most errors that wait to be told. */
    private static final int MOST_ERRORS = 8;
    /** The most changes of the level that wait to be told; each in its newest state. */
    private static final int MOST_CHANGES = 4;

    private final Oriel oriel;
    private final FeedTexts common;
    private final LongSupplier nanoTime;
    private final DemandBoard.Place place;
    private final Disposable.Composite listening = Disposables.composite();
    private final AtomicInteger drains = new AtomicInteger();
    private volatile @Nullable FluxSink<List<WebSocketFrame>> sink;

    private final Map<String, byte[]> texts = new LinkedHashMap<>();
    private final FeedWishes wishes;
    private final Map<SpaceId, Sent> sent = new HashMap<>();
    private final Map<SpaceId, Long> notBefore = new HashMap<>();
    private final Set<SpaceId> news = new LinkedHashSet<>();
    private final Map<SpaceId, SpaceState> states = new HashMap<>();
    private List<Space> spaces;
    private LevelPlan plan;
    private Optional<PressureLevel> level;
    private int errors;
    private Disposable timer = Disposables.disposed();

    /** What was made and is not written yet. */
    private final AtomicReference<@Nullable List<WebSocketFrame>> made = new AtomicReference<>();

    private volatile boolean closed;

    FeedSession(Oriel oriel, FeedTexts common, int maxFps, LongSupplier nanoTime) {
        this.oriel = oriel;
        this.common = common;
        this.wishes = new FeedWishes(maxFps);
        this.nanoTime = nanoTime;
        this.place = oriel.demand().take();
        this.spaces = oriel.spaces();
        this.plan = oriel.plan();
        this.level = oriel.pressure().flatMap(PressureStatus::level);
        texts.put("hello", common.hello());
        tellStates(true);
    }

    /**
     * What to write: a picture, or all there is to say, in one go. Each is made when it is requested, and stays the
     * session's until it is {@linkplain #handOver handed over}. To be subscribed to once.
     */
    Flux<List<WebSocketFrame>> outgoing() {
        return Flux.<List<WebSocketFrame>>create(
                created -> {
                    created.onDispose(this::close);
                    sink = created;
                    listen();
                    created.onRequest(ignored -> drain());
                },
                FluxSink.OverflowStrategy.IGNORE);
    }

    /* What came since hello was made is told by comparing: each stream begins with its newest value. */
    private void listen() {
        listening.add(oriel.pictures().arrivals().subscribe(this::arrived));
        listening.add(oriel.spaceLists().subscribe(this::spacesChanged));
        listening.add(oriel.plans().subscribe(this::planChanged));
        listening.add(oriel.levels().subscribe(this::levelChanged));
        listening.add(oriel.transitions().changes().subscribe(this::transitionGrew));
        listening.add(oriel.demand()
                .demands()
                .map(Demand::focus)
                .distinctUntilChanged()
                .skip(1)
                .subscribe(focus -> focusChanged()));
        drain();
    }

    /** Whether frames are still there to be written; if so they are the caller's now. */
    boolean handOver(List<WebSocketFrame> frames) {
        return made.compareAndSet(frames, null);
    }

    /* A client may leave while its frame is anywhere between two operators, so that no operator can be trusted with it. */
    private void letGoOfMade() {
        List<WebSocketFrame> left = made.getAndSet(null);
        if (left != null) {
            left.forEach(WebSocketFrame::release);
        }
    }

    /** Wants nothing any more. Harmless when closed. */
    @Override
    public void close() {
        closed = true;
        letGoOfMade();
        listening.dispose();
        place.close();
        synchronized (this) {
            timer.dispose();
        }
    }

    /** Takes a message of the client. */
    void receive(String text) {
        try {
            FeedRequest request = FeedRequest.parse(text);
            if (request instanceof FeedRequest.Subscribe subscribe) {
                subscribe(subscribe);
            } else if (request instanceof FeedRequest.Unsubscribe unsubscribe) {
                unsubscribe(unsubscribe);
            } else if (request instanceof FeedRequest.Credit more) {
                synchronized (this) {
                    wishes.grant(more.frames());
                }
            } else if (request instanceof FeedRequest.Focus focus) {
                focus(focus.space());
            } else if (request instanceof FeedRequest.Visibility visibility) {
                hide(visibility.hidden());
            }
        } catch (FeedRequest.BadRequestException e) {
            error("bad-message", String.valueOf(e.getMessage()));
        }
        drain();
    }

    void error(String code, String message) {
        synchronized (this) {
            texts.put("error-" + errors++ % MOST_ERRORS, Json.bytes(new FeedMessage.Error(code, message)));
        }
    }

    /** Wants frames, as a message of the client would say. */
    void subscribe(FeedRequest.Subscribe request) {
        FeedWishes.Wish wish = wishes.wish(request.quality(), request.maxFps());
        synchronized (this) {
            Set<SpaceId> before = wantedSpaces();
            request.credit().ifPresent(wishes::grant);
            for (String name : request.spaces()) {
                if (name.equals(FeedRequest.ALL)) {
                    wishes.wantAll(wish);
                } else if (isKnown(name)) {
                    wishes.want(new SpaceId(name), wish);
                }
            }
            // Who wants a space anew gets its picture.
            sent.keySet().retainAll(before);
            everythingIsNews();
        }
        tellDemand();
    }

    private void unsubscribe(FeedRequest.Unsubscribe request) {
        synchronized (this) {
            for (String name : request.spaces()) {
                if (name.equals(FeedRequest.ALL)) {
                    wishes.wantAllNoLonger();
                } else if (isKnown(name)) {
                    wishes.wantNoLonger(new SpaceId(name));
                }
            }
            everythingIsNews();
        }
        tellDemand();
    }

    private Set<SpaceId> wantedSpaces() {
        return spaces.stream()
                .map(Space::id)
                .filter(space -> wishes.of(space).isPresent())
                .collect(Collectors.toSet());
    }

    private void everythingIsNews() {
        spaces.forEach(space -> news.add(space.id()));
    }

    private boolean isKnown(String name) {
        boolean known = spaces.stream().anyMatch(space -> space.id().value().equals(name));
        if (!known) {
            error(
                    "unknown-space",
                    "there is no space \"" + name + "\"; there are: "
                            + String.join(
                                    ", ",
                                    spaces.stream()
                                            .map(space -> space.id().value())
                                            .toList()));
        }
        return known;
    }

    private void focus(Optional<SpaceId> space) {
        synchronized (this) {
            if (space.isPresent() && !isKnown(space.get().value())) {
                return;
            }
            wishes.focus(space);
        }
        tellDemand();
    }

    private void hide(boolean hidden) {
        synchronized (this) {
            wishes.hide(hidden);
            if (hidden) {
                sent.replaceAll((space, last) -> new Sent(last.frame(), SpaceState.STALE));
            }
            everythingIsNews();
        }
        tellDemand();
    }

    private void tellDemand() {
        Optional<SpaceId> focus;
        List<Interest> interests;
        synchronized (this) {
            focus = wishes.focus();
            interests = wishes.interests();
        }
        place.focus(focus);
        place.want(interests);
    }

    private void spacesChanged(List<Space> next) {
        synchronized (this) {
            if (next.equals(spaces)) {
                return;
            }
            spaces = next;
            Set<SpaceId> there = next.stream().map(Space::id).collect(Collectors.toSet());
            sent.keySet().retainAll(there);
            notBefore.keySet().retainAll(there);
            everythingIsNews();
            texts.put("spaces", common.spaces());
            tellStates(false);
        }
        drain();
    }

    private void planChanged(LevelPlan next) {
        synchronized (this) {
            if (next.equals(plan)) {
                return;
            }
            plan = next;
            level = oriel.pressure().flatMap(PressureStatus::level);
            everythingIsNews();
            texts.put("spaces", common.spaces());
            tellStates(false);
            texts.put("pressure", common.pressure());
        }
        drain();
    }

    private void levelChanged(Optional<PressureLevel> next) {
        synchronized (this) {
            if (next.equals(level)) {
                return;
            }
            level = next;
            texts.put("pressure", common.pressure());
        }
        drain();
    }

    private void transitionGrew(Transition transition) {
        synchronized (this) {
            texts.put("transition-" + transition.number() % MOST_CHANGES, common.transition(transition));
        }
        drain();
    }

    /** Under pressure the focus decides what is captured. */
    private void focusChanged() {
        synchronized (this) {
            everythingIsNews();
            tellStates(false);
        }
        drain();
    }

    private void tellStates(boolean atHello) {
        Map<SpaceId, SpaceState> before = Map.copyOf(states);
        states.clear();
        for (Space space : spaces) {
            SpaceState state = oriel.pictures().state(space);
            states.put(space.id(), state);
            if (state != SpaceState.LIVE) {
                texts.remove("unchanged-" + space.id());
                sent.computeIfPresent(space.id(), (id, last) -> new Sent(last.frame(), state));
            }
            boolean worthTelling = atHello ? state != SpaceState.LIVE : state != before.get(space.id());
            if (worthTelling) {
                texts.put(
                        "state-" + space.id(),
                        common.state(FeedMessage.State.of(
                                space.id().value(), state, oriel.pictures().reason(space))));
            }
        }
    }

    private void arrived(FrameInfo frame) {
        synchronized (this) {
            boolean isWanted = wishes.of(frame.space())
                    .filter(wish -> wish.quality().orWorse(oriel.plan().ceiling()) == frame.quality())
                    .isPresent();
            if (!isWanted) {
                return;
            }
            news.add(frame.space());
        }
        drain();
    }

    /* One thread drains at a time, so that the demand it sees is still there when it emits. */
    private void drain() {
        FluxSink<List<WebSocketFrame>> output = sink;
        if (output == null || drains.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                for (List<WebSocketFrame> next = next(output); !next.isEmpty(); next = next(output)) {
                    made.set(next);
                    if (closed) {
                        letGoOfMade();
                    } else {
                        output.next(next);
                    }
                }
                // With a full heap too this client alone is cut off: what is thrown here ends the stream it came
                // through.
            } catch (RuntimeException | OutOfMemoryError e) {
                output.error(e);
            }
            missed = drains.addAndGet(-missed);
        } while (missed != 0);
    }

    /** Texts first, then the frame whose space has waited longest. */
    private synchronized List<WebSocketFrame> next(FluxSink<List<WebSocketFrame>> output) {
        if (output.isCancelled() || output.requestedFromDownstream() == 0) {
            return List.of();
        }
        WebSocketFrame picture = texts.isEmpty() ? nextFrame() : null;
        return picture == null ? nextTexts() : List.of(picture);
    }

    private List<WebSocketFrame> nextTexts() {
        List<WebSocketFrame> said = texts.values().stream()
                .<WebSocketFrame>map(text -> new TextWebSocketFrame(Unpooled.wrappedBuffer(text)))
                .toList();
        texts.clear();
        return said;
    }

    private @Nullable WebSocketFrame nextFrame() {
        if (!wishes.canTakeAFrame()) {
            return null;
        }
        long now = nanoTime.getAsLong();
        long soonest = Long.MAX_VALUE;
        for (SpaceId id : List.copyOf(news)) {
            Optional<FeedWishes.Wish> wish = wishes.of(id);
            Optional<Space> space =
                    spaces.stream().filter(known -> known.id().equals(id)).findFirst();
            long wait = notBefore.getOrDefault(id, now) - now;
            if (wish.isEmpty() || space.isEmpty()) {
                news.remove(id);
            } else if (wait > 0) {
                soonest = Math.min(soonest, wait);
            } else {
                news.remove(id);
                WebSocketFrame frame = frameOf(space.get(), wish.get());
                if (frame != null) {
                    notBefore.put(id, now + wish.get().interval().toNanos());
                    wishes.frameTaken();
                    return frame;
                }
            }
        }
        wakeIn(soonest);
        return null;
    }

    /*
     * What a client has is not sent again, whatever becomes of its state: when memory is short most spaces are left out at once, and
     * megabytes to each client are the last thing that is needed then. That it is no longer live the state of its space says.
     */
    private @Nullable WebSocketFrame frameOf(Space space, FeedWishes.Wish wanted) {
        Quality quality = wanted.quality().orWorse(oriel.plan().ceiling());
        Optional<Frame> held = oriel.pictures().toSend(space.id(), wanted.quality());
        if (held.isEmpty()) {
            return null;
        }
        Frame frame = held.get();
        SpaceState state = oriel.pictures().state(space, frame.info());
        boolean isSeen = oriel.pictures().state(space) == SpaceState.LIVE;
        if (isSeen && isBeingReplaced(frame, state, quality)) {
            frame.close();
            return null;
        }
        Sent last = sent.get(space.id());
        if (last != null && last.isAsGoodAs(frame.info(), isSeen, quality)) {
            frame.close();
            sent.put(space.id(), new Sent(last.frame(), state));
            if (last.state() != SpaceState.LIVE && state == SpaceState.LIVE) {
                texts.put("unchanged-" + space.id(), common.unchanged(last.frame()));
            }
            return null;
        }
        sent.put(space.id(), new Sent(frame.info(), state));
        return new BinaryWebSocketFrame(FrameBytes.message(frame, space.index(), state));
    }

    /** Of a space that is captured, a picture that is too good is never sent, and an old one only if there was none yet. */
    private boolean isBeingReplaced(Frame frame, SpaceState state, Quality wanted) {
        boolean tooGood = frame.quality().isBetterThan(wanted);
        return tooGood || (state != SpaceState.LIVE && sent.containsKey(frame.space()));
    }

    private void wakeIn(long nanos) {
        timer.dispose();
        if (nanos != Long.MAX_VALUE) {
            timer = Schedulers.parallel().schedule(this::drain, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
