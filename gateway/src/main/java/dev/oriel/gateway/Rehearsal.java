package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import dev.oriel.capture.demo.DemoSource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureSensors;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Plays what is done at once when memory becomes short, with a small system of its own that nobody sees. Java runs ten times
 * slower what it has not run before, and otherwise that would be when there is least time.
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
    private final Clock clock = Clock.systemUTC();
    private final Oriel oriel =
            Oriel.unnoticed(SETTINGS, List.of(DemoSource.create()), PressureSensors.of(levels.asFlux()), clock);

    /**
     * Plays it once, {@linkplain #whileGreen as soon as there is time}. Cold; on threads that may wait; fails when a part of the
     * small system does.
     */
    static Mono<Void> play(Flux<Optional<PressureLevel>> levels) {
        return whileGreen(
                levels,
                Mono.using(Rehearsal::new, Rehearsal::steps, Rehearsal::close)
                        .subscribeOn(Schedulers.boundedElastic())
                        .cancelOn(Schedulers.boundedElastic()));
    }

    /** Begins when the level becomes GREEN, and is given up when it does not stay so, to begin anew the next time. */
    static Mono<Void> whileGreen(Flux<Optional<PressureLevel>> levels, Mono<Void> play) {
        return levels.switchMap(
                        level -> level.equals(Optional.of(PressureLevel.GREEN)) ? play.thenReturn(level) : Mono.empty())
                .next()
                .then();
    }

    /** From GREEN to RED and back, again and again. */
    Mono<Void> steps() {
        return Flux.range(0, 2 * ROUNDS + 1)
                .map(step -> step % 2 == 0 ? PressureLevel.GREEN : PressureLevel.RED)
                .delayElements(STEP, Schedulers.boundedElastic())
                .doOnNext(level -> levels.emitNext(level, Sinks.EmitFailureHandler.FAIL_FAST))
                .then(Mono.delay(STEP, Schedulers.boundedElastic()))
                .takeUntilOther(audience())
                .then(Mono.defer(() -> Mono.justOrEmpty(oriel.failure())))
                .flatMap(failure -> Mono.error(new IllegalStateException(failure)));
    }

    /** Subscribers to the feed, without sockets. */
    private Flux<Void> audience() {
        FeedTexts texts = new FeedTexts(oriel, clock);
        return Flux.range(0, SUBSCRIBERS).flatMap(number -> {
            FeedSession session = new FeedSession(oriel, texts, SETTINGS.maxFps(), System::nanoTime);
            session.subscribe(new FeedRequest.Subscribe(
                    List.of(FeedRequest.ALL), Quality.OPTIMIZED, OptionalInt.empty(), OptionalInt.empty()));
            return session.outgoing().doOnNext(frames -> letGo(session, frames)).then();
        });
    }

    private static void letGo(FeedSession session, List<WebSocketFrame> frames) {
        if (session.handOver(frames)) {
            frames.forEach(WebSocketFrame::release);
        }
    }

    Oriel oriel() {
        return oriel;
    }

    @Override
    public void close() {
        oriel.close();
    }
}
