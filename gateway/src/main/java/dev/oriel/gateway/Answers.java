package dev.oriel.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyInbound;
import reactor.netty.http.server.HttpServerResponse;

/** The shapes that an answer over HTTP can have. A HEAD gets the same without the body. */
final class Answers {

    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static Publisher<Void> json(HttpServerResponse response, Object value) {
        return json(response, Json.bytes(value));
    }

    static Publisher<Void> json(HttpServerResponse response, byte[] body) {
        return send(
                response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .header(HttpHeaderNames.CACHE_CONTROL, "no-store"),
                body);
    }

    static Publisher<Void> problem(HttpServerResponse response, Problem problem) {
        log.debug("{}: {}", problem.status(), problem.detail());
        return send(
                response.status(problem.status())
                        .header(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                        .header(HttpHeaderNames.CACHE_CONTROL, "no-store"),
                Json.bytes(problem));
    }

    static Publisher<Void> send(HttpServerResponse response, byte[] body) {
        response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return response.method().equals(HttpMethod.HEAD) ? response.send() : response.sendByteArray(Mono.just(body));
    }

    /** Whether a client has what a tag names. */
    static boolean matches(@Nullable String given, String etag) {
        if (given == null) {
            return false;
        }
        for (String tag : given.split(",")) {
            String bare = tag.strip();
            if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The thread of a connection. An answer that another thread writes may meet the next request before it is complete,
     * after which Reactor Netty no longer reads; and a close that another thread writes may be lost.
     */
    static Scheduler threadOf(NettyInbound in) {
        AtomicReference<Scheduler> thread = new AtomicReference<>(Schedulers.immediate());
        in.withConnection(connection ->
                thread.set(Schedulers.fromExecutor(connection.channel().eventLoop())));
        return Objects.requireNonNull(thread.get());
    }
}
