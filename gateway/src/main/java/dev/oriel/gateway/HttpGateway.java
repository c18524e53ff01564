package dev.oriel.gateway;

import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceState;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.CookieHeaderNames;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** Answers HTTP: the dashboard, the pictures, the JSON pages, and the way into the feed. */
final class HttpGateway implements AutoCloseable {

    private static final String FEED = "/feed";
    private static final String SPACES = "/api/spaces";
    private static final String SIMULATE = "/api/pressure/simulate";
    private static final Duration LONGEST_STOP = Duration.ofMillis(500);
    private static final int EVENT_LOOPS = 2;
    private static final Logger log = LoggerFactory.getLogger(HttpGateway.class);

    private final Oriel oriel;
    private final Clock clock;
    private final Instant startedAt;
    private final RequestGuard guard;
    private final Dashboard dashboard = new Dashboard();
    private final SpacePages spacePages;
    private final PressurePages pressurePages;
    private final FeedEndpoint feed;
    private final DefaultChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final LoopResources loops;
    private final DisposableServer server;

    private HttpGateway(Settings settings, Oriel oriel, Clock clock, Scheduler timer) {
        this.oriel = oriel;
        this.clock = clock;
        this.startedAt = clock.instant();
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        this.guard = new RequestGuard(address.getAddress(), settings.token());
        this.spacePages = new SpacePages(oriel, clock, startedAt);
        this.pressurePages = new PressurePages(oriel);
        this.feed = new FeedEndpoint(oriel, settings.maxFps(), clock, timer);
        this.loops = LoopResources.create("oriel-http", EVENT_LOOPS, true);
        // What Netty's own pools keep is as much as what they hand out, and frames are not in them.
        HttpServer unbound = HttpServer.create()
                .bindAddress(() -> address)
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .runOn(loops)
                .channelGroup(channels)
                .handle(this::answer);
        try {
            this.server = unbound.bindNow();
        } catch (RuntimeException e) {
            feed.close();
            loops.dispose();
            spacePages.close();
            throw e;
        }
    }

    /**
     * Listens and answers.
     *
     * @param timer tells when to ping; nothing done there blocks
     * @throws reactor.netty.ChannelBindException if the port is in use
     */
    static HttpGateway bind(Settings settings, Oriel oriel, Clock clock, Scheduler timer) {
        return new HttpGateway(settings, oriel, clock, timer);
    }

    /** Where it listens, for people to open. */
    String address() {
        InetSocketAddress bound = (InetSocketAddress) server.address();
        return "http://" + RequestGuard.nameOf(bound.getAddress()) + ":" + bound.getPort() + "/";
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        response.header("X-Content-Type-Options", "nosniff").header("Cross-Origin-Resource-Policy", "same-origin");
        if (!canBeDecoded(uri)) {
            return Answers.problem(
                    response, Problem.badRequest("the address has a % that two hexadecimal digits do not follow"));
        }
        Optional<Problem> refused = guard.refuse(request.requestHeaders(), uri);
        if (refused.isPresent()) {
            return Answers.problem(response, refused.get());
        }
        String allowed = methods(uri.path());
        if (!List.of(allowed.split(", ")).contains(request.method().name())) {
            response.header(HttpHeaderNames.ALLOW, allowed);
            return Answers.problem(
                    response,
                    Problem.of(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            "method is " + request.method() + "; allowed: " + allowed));
        }
        try {
            return route(uri, request, response);
        } catch (BadQueryException e) {
            return Answers.problem(response, Problem.badRequest(String.valueOf(e.getMessage())));
        }
    }

    private static String methods(String path) {
        return switch (path) {
            case FEED -> "GET";
            case SIMULATE -> "POST";
            default -> "GET, HEAD";
        };
    }

    private static boolean canBeDecoded(QueryStringDecoder uri) {
        try {
            return !uri.path().isEmpty() && uri.parameters() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Publisher<Void> route(QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        String path = uri.path();
        return switch (path) {
            case "/healthz" -> health(response);
            case "/readyz" -> ready(response);
            case SPACES ->
                Answers.json(
                        response,
                        oriel.spaces().stream()
                                .map(space -> SpaceView.of(space, oriel, clock))
                                .toList());
            case "/api/pressure" -> pressurePages.now(response);
            case SIMULATE -> pressurePages.simulate(uri, request, response);
            case "/api/stats" -> Answers.json(response, stats());
            case FEED -> feed.open(uri, request, response, Answers::problem);
            default ->
                path.startsWith(SPACES + "/")
                        ? spacePages.answer(path.substring(SPACES.length() + 1), uri, request, response)
                        : asset(path, uri, request, response);
        };
    }

    /** How the server is. */
    private record Health(String status) {}

    private Publisher<Void> health(HttpServerResponse response) {
        Optional<String> failure = oriel.failure();
        return failure.isPresent()
                ? Answers.problem(response, Problem.unavailable("a part of Oriel failed: " + failure.get()))
                : Answers.json(response, new Health("up"));
    }

    private Publisher<Void> ready(HttpServerResponse response) {
        List<Space> spaces = oriel.spaces();
        if (spaces.isEmpty()) {
            return Answers.problem(response, Problem.unavailable("the spaces are not known yet"));
        }
        if (spaces.stream().allMatch(space -> space.state() == SpaceState.LOST || space.state() == SpaceState.DENIED)) {
            return Answers.problem(
                    response,
                    Problem.unavailable("every space is lost: " + spaces.get(0).reason()));
        }
        return Answers.json(response, new Health("ready"));
    }

    private StatsView stats() {
        return new StatsView(
                oriel.captureStats(),
                oriel.cacheStats(),
                feed.subscribers(),
                ProcessMemory.residentBytes().stream().boxed().findFirst().orElse(null),
                Duration.between(startedAt, clock.instant()).toSeconds());
    }

    private Publisher<Void> asset(
            String path, QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        Optional<Dashboard.Asset> found = dashboard.at(path);
        if (found.isEmpty()) {
            return Answers.problem(response, Problem.notFound("there is nothing at \"" + path + "\""));
        }
        Dashboard.Asset asset = found.get();
        if (guard.bringsToken(uri)) {
            guard.token().ifPresent(token -> response.header(HttpHeaderNames.SET_COOKIE, cookie(token)));
        }
        response.header(HttpHeaderNames.ETAG, asset.etag())
                .header(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", Dashboard.CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer");
        if (Answers.matches(request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH), asset.etag())) {
            return response.status(HttpResponseStatus.NOT_MODIFIED).send();
        }
        return Answers.send(response.header(HttpHeaderNames.CONTENT_TYPE, asset.contentType()), asset.bytes());
    }

    private static String cookie(String token) {
        DefaultCookie cookie = new DefaultCookie(RequestGuard.TOKEN_COOKIE, token);
        cookie.setHttpOnly(true);
        cookie.setPath("/");
        cookie.setSameSite(CookieHeaderNames.SameSite.Strict);
        return ServerCookieEncoder.STRICT.encode(cookie);
    }

    /** Says good-bye to the subscribers and stops listening. */
    @Override
    public void close() {
        feed.close();
        spacePages.close();
        try {
            server.disposeNow(LONGEST_STOP);
        } catch (IllegalStateException e) {
            log.debug("a client does not read and is cut off: {}", e.toString());
            channels.close().awaitUninterruptibly(LONGEST_STOP.toMillis());
        }
        loops.disposeLater(Duration.ZERO, LONGEST_STOP).block(LONGEST_STOP.multipliedBy(2));
    }
}
