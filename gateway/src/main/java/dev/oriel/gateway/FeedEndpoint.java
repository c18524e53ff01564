package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.util.context.Context;

/** Opens WebSockets and joins each to a session of its own. */
final class FeedEndpoint implements AutoCloseable {

    /** The longest message that a client may send; the server closes on a longer one. */
    static final int LONGEST_MESSAGE_BYTES = 16 * 1024;

    private static final int GOING_AWAY = WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code();
    /** A client answers a ping by itself; one that says nothing for so long is gone. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    static final Duration BETWEEN_PINGS = Duration.ofSeconds(30);
    private static final Duration LONGEST_GOOD_BYE = Duration.ofMillis(500);
    /** Where Reactor looks for who takes the errors that come after the end: a socket that breaks gives one or two. */
    private static final String DROPPED_ERRORS = "reactor.onErrorDropped.local";

    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);

    private final Oriel oriel;
    private final int maxFps;
    private final FeedTexts texts;
    /** One party for each subscriber, and one for us. */
    private final Phaser parties = new Phaser(1);
    /** Those that are pinged, all at once: at times of their own they would wake an idle process many times over. */
    private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final Disposable pinging;
    private final Sinks.Empty<Void> goodBye = Sinks.empty();
    private volatile boolean stopping;

    FeedEndpoint(Oriel oriel, int maxFps, Clock clock, Scheduler timer) {
        this.oriel = oriel;
        this.maxFps = maxFps;
        this.texts = new FeedTexts(oriel, clock);
        this.pinging = Flux.interval(BETWEEN_PINGS, timer).onBackpressureDrop().subscribe(beat -> ping());
    }

    /* A socket on which this fails ends by itself. */
    private void ping() {
        Future<Void> unused = sockets.writeAndFlush(new PingWebSocketFrame());
    }

    int subscribers() {
        return parties.getRegisteredParties() - 1;
    }

    /** Turns a request into a WebSocket, or says why not. */
    Publisher<Void> open(
            QueryStringDecoder uri,
            HttpServerRequest request,
            HttpServerResponse response,
            BiFunction<HttpServerResponse, Problem, Publisher<Void>> refuse) {
        if (!"websocket".equalsIgnoreCase(request.requestHeaders().get(HttpHeaderNames.UPGRADE))) {
            return refuse.apply(response, Problem.badRequest("/feed is a WebSocket; the request does not ask for one"));
        }
        List<FeedRequest.Subscribe> first;
        try {
            first = subscription(uri);
        } catch (FeedRequest.BadRequestException e) {
            return refuse.apply(response, Problem.badRequest(String.valueOf(e.getMessage())));
        }
        boolean namesFormat = Arrays.asList(request.requestHeaders()
                        .get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "")
                        .split("\\s*,\\s*"))
                .contains(FeedMessage.FEED);
        WebsocketServerSpec.Builder spec = WebsocketServerSpec.builder().maxFramePayloadLength(LONGEST_MESSAGE_BYTES);
        return response.sendWebsocket(
                (in, out) -> serve(in, out, first), (namesFormat ? spec.protocols(FeedMessage.FEED) : spec).build());
    }

    /** What an address such as {@code /feed?spaces=*&quality=fast} asks for, so that no message need be sent. */
    private static List<FeedRequest.Subscribe> subscription(QueryStringDecoder uri) {
        List<String> spaces = uri.parameters().getOrDefault("spaces", List.of());
        if (spaces.isEmpty()) {
            return List.of();
        }
        String quality = parameter(uri, "quality", Quality.OPTIMIZED.label());
        String maxFps = parameter(uri, "maxFps", "");
        return List.of(new FeedRequest.Subscribe(
                Arrays.asList(spaces.get(0).split(",")),
                Quality.parse(quality)
                        .orElseThrow(() -> new FeedRequest.BadRequestException(
                                "quality is \"" + quality + "\"; allowed: full, optimized, fast, thumbnail")),
                maxFps.isEmpty() ? OptionalInt.empty() : OptionalInt.of(framesPerSecond(maxFps)),
                OptionalInt.empty()));
    }

    private static int framesPerSecond(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= FeedRequest.MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            log.trace("not a number: {}", text);
        }
        throw new FeedRequest.BadRequestException(
                "maxFps is \"" + text + "\"; allowed: a whole number from 1 to " + FeedRequest.MOST);
    }

    private static String parameter(QueryStringDecoder uri, String name, String initial) {
        return uri.parameters().getOrDefault(name, List.of(initial)).get(0);
    }

    private Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out, List<FeedRequest.Subscribe> first) {
        FeedSession session = new FeedSession(oriel, texts, maxFps, System::nanoTime);
        parties.register();
        first.forEach(session::subscribe);
        Sinks.Empty<Void> clientIsGone = Sinks.empty();
        in.withConnection(connection -> {
            connection.onReadIdle(LONGEST_SILENCE.toMillis(), connection::dispose);
            sockets.add(connection.channel());
        });
        Mono<Void> inbound = in.aggregateFrames(LONGEST_MESSAGE_BYTES)
                .receiveFrames()
                .doOnNext(frame -> take(frame, session))
                .then()
                .onErrorResume(failure -> refuse(failure, out))
                .doFinally(end -> clientIsGone.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST));
        /* Without prefetch more is asked for only when what came before has been written. The end of the inbound side
        must not end the outbound one by itself: our own close ends the former before it is written. */
        Mono<Void> outbound = session.outgoing()
                .takeUntilOther(Mono.firstWithSignal(goodBye.asMono(), clientIsGone.asMono())
                        .publishOn(Answers.threadOf(in)))
                .concatMap(frames -> Mono.defer(() -> session.handOver(frames) ? send(frames, out) : Mono.empty()), 0)
                .then(Mono.defer(() -> stopping ? out.sendClose(GOING_AWAY, "the server stops") : Mono.empty()))
                .onErrorResume(FeedEndpoint::isGone)
                .doFinally(end -> in.withConnection(connection -> sockets.remove(connection.channel())));
        return Mono.when(inbound, outbound)
                .doFinally(end -> {
                    session.close();
                    parties.arriveAndDeregister();
                })
                .contextWrite(Context.of(DROPPED_ERRORS, (Consumer<Throwable>) FeedEndpoint::isGone));
    }

    /** Flushed in the end, so that what is said at once goes out at once. */
    private static Mono<Void> send(List<WebSocketFrame> frames, WebsocketOutbound out) {
        return (frames.size() == 1
                        ? out.sendObject(frames.get(0))
                        : out.sendObject(Flux.fromIterable(frames), frame -> false))
                .then();
    }

    /** Ends a socket on which something came that cannot be taken. */
    private static Mono<Void> refuse(Throwable failure, WebsocketOutbound out) {
        if (failure instanceof TooLongFrameException) {
            return out.sendClose(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "the message is too long")
                    .onErrorResume(FeedEndpoint::isGone);
        }
        return isGone(failure);
    }

    private static Mono<Void> isGone(Throwable failure) {
        log.debug("a subscriber is gone: {}", failure.toString());
        return Mono.empty();
    }

    private static void take(WebSocketFrame frame, FeedSession session) {
        if (frame instanceof TextWebSocketFrame text) {
            session.receive(text.text());
        } else if (!(frame instanceof CloseWebSocketFrame)) {
            log.trace("passed over: {}", frame);
        }
    }

    /** Says good-bye on every WebSocket, and waits a moment until that is written. */
    @Override
    public void close() {
        pinging.dispose();
        stopping = true;
        goodBye.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        try {
            parties.awaitAdvanceInterruptibly(parties.arrive(), LONGEST_GOOD_BYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.debug("{} subscribers did not take the good-bye", subscribers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
