package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import dev.oriel.capture.demo.DemoSource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureSensors;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Plays what is done when memory becomes short, with a small system of its own that nobody sees. Java runs ten times slower
 * what it has not run before, and otherwise that would be when there is least time.
 */
final class Rehearsal implements AutoCloseable {

    private static final int ROUNDS = 5;
    private static final int SUBSCRIBERS = 10;
    private static final Duration STEP = Duration.ofMillis(200);

    /** The space that is captured at every level, and one that changes all the time. */
    private static final Settings SETTINGS = Settings.read(
            Map.of(),
            Map.of(
                    Setting.MONITORED_SPACES, "demo-typing,demo-video",
                    Setting.CACHE_SIZE_GREEN, "8",
                    Setting.CACHE_SIZE_YELLOW, "2",
                    Setting.CACHE_SIZE_RED, "1"));

    private final Sinks.Many<PressureLevel> levels = Sinks.many().replay().latest();
    private final Oriel oriel;
    private final List<FeedSession> subscribers = new ArrayList<>();

    Rehearsal() {
        Clock clock = Clock.systemUTC();
        oriel = Oriel.unnoticed(SETTINGS, List.of(DemoSource.create()), PressureSensors.of(levels.asFlux()), clock);
        FeedTexts texts = new FeedTexts(oriel, clock);
        for (int subscriber = 0; subscriber < SUBSCRIBERS; subscriber++) {
            FeedSession session = new FeedSession(oriel, texts, SETTINGS.maxFps(), System::nanoTime);
            session.subscribe(new FeedRequest.Subscribe(
                    List.of(FeedRequest.ALL), Quality.OPTIMIZED, OptionalInt.empty(), OptionalInt.empty()));
            session.outgoing().subscribe(frames -> letGo(session, frames));
            subscribers.add(session);
        }
    }

    private static void letGo(FeedSession session, List<WebSocketFrame> frames) {
        if (session.handOver(frames)) {
            frames.forEach(WebSocketFrame::release);
        }
    }

    /**
     * Plays it once. Cold; takes two seconds, on threads that may wait; fails if a part of the small system does. Whoever cancels
     * it does not wait for the end.
     */
    static Mono<Void> play() {
        return Mono.using(Rehearsal::new, Rehearsal::steps, Rehearsal::close)
                .subscribeOn(Schedulers.boundedElastic())
                .cancelOn(Schedulers.boundedElastic());
    }

    Mono<Void> steps() {
        return Flux.range(0, 2 * ROUNDS)
                .map(step -> step % 2 == 0 ? PressureLevel.GREEN : PressureLevel.RED)
                .delayElements(STEP, Schedulers.boundedElastic())
                .doOnNext(level -> levels.emitNext(level, Sinks.EmitFailureHandler.FAIL_FAST))
                .then(Mono.defer(() -> Mono.justOrEmpty(oriel.failure())))
                .flatMap(failure -> Mono.error(new IllegalStateException(failure)));
    }

    Oriel oriel() {
        return oriel;
    }

    @Override
    public void close() {
        subscribers.forEach(FeedSession::close);
        oriel.close();
    }
}
