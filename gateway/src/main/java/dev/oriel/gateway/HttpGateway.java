package dev.oriel.gateway;

import dev.oriel.capture.CropOutsideException;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.PictureRefusedException;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceState;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** Answers HTTP: the dashboard, the pictures, the JSON pages, and the way into the feed. */
final class HttpGateway implements AutoCloseable {

    private static final String PICTURE = "frame.jpg";
    private static final String HISTORY = "history";
    private static final String FEED = "/feed";
    private static final String SPACES = "/api/spaces";
    private static final Duration LONGEST_STOP = Duration.ofMillis(500);
    private static final int EVENT_LOOPS = 2;
    private static final int HISTORIES_AT_ONCE = 1;
    private static final int MOST_WAITING_FOR_HISTORY = 64;
    private static final int HISTORIAN_IDLE_SECONDS = 10;
    private static final Logger log = LoggerFactory.getLogger(HttpGateway.class);

    private final Oriel oriel;
    private final Clock clock;
    private final Instant startedAt;
    private final RequestGuard guard;
    private final Dashboard dashboard = new Dashboard();
    private final FeedEndpoint feed;
    private final DefaultChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final LoopResources loops;
    /** Looks through long histories, so that no event loop has to. Its thread ends when idle. */
    private final Scheduler historian = Schedulers.newBoundedElastic(
            HISTORIES_AT_ONCE, MOST_WAITING_FOR_HISTORY, "oriel-history", HISTORIAN_IDLE_SECONDS, true);

    private final DisposableServer server;

    private HttpGateway(Settings settings, Oriel oriel, Clock clock, Scheduler timer) {
        this.oriel = oriel;
        this.clock = clock;
        this.startedAt = clock.instant();
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        this.guard = new RequestGuard(address.getAddress(), settings.token());
        this.feed = new FeedEndpoint(oriel, settings.maxFps(), clock, timer);
        this.loops = LoopResources.create("oriel-http", EVENT_LOOPS, true);
        HttpServer unbound = HttpServer.create()
                .bindAddress(() -> address)
                .runOn(loops)
                .channelGroup(channels)
                .handle(this::answer);
        try {
            this.server = unbound.bindNow();
        } catch (RuntimeException e) {
            feed.close();
            loops.dispose();
            historian.dispose();
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
            return problem(
                    response, Problem.badRequest("the address has a % that two hexadecimal digits do not follow"));
        }
        Optional<Problem> refused = guard.refuse(request.requestHeaders(), uri);
        if (refused.isPresent()) {
            return problem(response, refused.get());
        }
        String allowed = uri.path().equals(FEED) ? "GET" : "GET, HEAD";
        if (!List.of(allowed.split(", ")).contains(request.method().name())) {
            response.header(HttpHeaderNames.ALLOW, allowed);
            return problem(
                    response,
                    Problem.of(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            "method is " + request.method() + "; allowed: " + allowed));
        }
        try {
            return route(uri, request, response);
        } catch (BadQueryException e) {
            return problem(response, Problem.badRequest(String.valueOf(e.getMessage())));
        }
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
                json(
                        response,
                        oriel.spaces().stream()
                                .map(space -> SpaceView.of(space, oriel, clock))
                                .toList());
            case "/api/pressure" -> json(response, PressureView.of(oriel.pressure(), oriel.plan()));
            case "/api/stats" -> json(response, stats());
            case FEED -> feed.open(uri, request, response, this::problem);
            default ->
                path.startsWith(SPACES + "/")
                        ? ofSpace(path.substring(SPACES.length() + 1), uri, request, response)
                        : asset(path, uri, request, response);
        };
    }

    /** How the server is. */
    private record Health(String status) {}

    private Publisher<Void> health(HttpServerResponse response) {
        Optional<String> failure = oriel.failure();
        return failure.isPresent()
                ? problem(response, Problem.unavailable("a part of Oriel failed: " + failure.get()))
                : json(response, new Health("up"));
    }

    private Publisher<Void> ready(HttpServerResponse response) {
        List<Space> spaces = oriel.spaces();
        if (spaces.isEmpty()) {
            return problem(response, Problem.unavailable("the spaces are not known yet"));
        }
        if (spaces.stream().allMatch(space -> space.state() == SpaceState.LOST || space.state() == SpaceState.DENIED)) {
            return problem(
                    response,
                    Problem.unavailable("every space is lost: " + spaces.get(0).reason()));
        }
        return json(response, new Health("ready"));
    }

    private StatsView stats() {
        return new StatsView(
                oriel.captureStats(),
                oriel.cacheStats(),
                feed.subscribers(),
                ProcessMemory.residentBytes().stream().boxed().findFirst().orElse(null),
                Duration.between(startedAt, clock.instant()).toSeconds());
    }

    private Publisher<Void> ofSpace(
            String rest, QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        String[] parts = rest.split("/", -1);
        Optional<Space> space = oriel.spaces().stream()
                .filter(known -> known.id().value().equals(parts[0]))
                .findFirst();
        if (space.isEmpty()) {
            return problem(
                    response,
                    Problem.notFound("there is no space \"" + parts[0] + "\"; there are: "
                            + String.join(
                                    ", ",
                                    oriel.spaces().stream()
                                            .map(known -> known.id().value())
                                            .toList())));
        }
        return switch (parts.length == 2 ? parts[1] : "") {
            case PICTURE -> picture(space.get(), FrameQuery.of(uri, clock.instant()), request, response);
            case HISTORY -> history(space.get(), HistoryQuery.of(uri, clock.instant()), request, response);
            default ->
                problem(
                        response,
                        Problem.notFound("a space has no \"" + rest.substring(parts[0].length()) + "\"; it has: /"
                                + PICTURE + ", /" + HISTORY));
        };
    }

    private Publisher<Void> picture(
            Space space, FrameQuery query, HttpServerRequest request, HttpServerResponse response) {
        return reply(space, query, request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH))
                .publishOn(threadOf(request))
                .doOnDiscard(PictureReply.class, PictureReply::close)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(picture -> picture.isPresent()
                        ? Mono.from(picture(picture.get(), response))
                        : noPicture(space, query, request, response))
                .onErrorResume(
                        CropOutsideException.class,
                        e -> Mono.from(problem(response, Problem.badRequest(String.valueOf(e.getMessage())))))
                .onErrorResume(
                        PictureRefusedException.class,
                        e -> Mono.from(problem(response, Problem.unavailable(String.valueOf(e.getMessage())))));
    }

    private Mono<Void> noPicture(
            Space space, FrameQuery query, HttpServerRequest request, HttpServerResponse response) {
        if (query.moment().isEmpty()) {
            return Mono.from(problem(
                    response,
                    Problem.unavailable("there is no picture of \"" + space.id() + "\" now: the space is "
                            + lower(oriel.pictures().state(space)) + "; "
                            + oriel.pictures().reason(space))));
        }
        Moment moment = query.moment().get();
        if (oriel.pastPictures().isHeld(space.id(), moment)) {
            return Mono.from(problem(
                    response, Problem.unavailable("the view of " + moment + " was not made in time; ask again")));
        }
        return byHistorian(
                request,
                response,
                () -> oriel.pastPictures().whyNot(space.id(), moment),
                why -> problem(response, Problem.notFound(why)));
    }

    private Publisher<Void> history(
            Space space, HistoryQuery query, HttpServerRequest request, HttpServerResponse response) {
        record Answer(HistoryPage page, byte[] body) {}

        return byHistorian(
                request,
                response,
                () -> {
                    HistoryPage page = oriel.pastPictures().history(space.id(), query);
                    return new Answer(page, Json.bytes(page.entries()));
                },
                answer -> {
                    response.header(
                            "X-Oriel-Total", Integer.toString(answer.page().total()));
                    answer.page()
                            .oldestRevision()
                            .ifPresent(oldest -> response.header("X-Oriel-Oldest-Revision", Long.toString(oldest)));
                    return json(response, answer.body());
                });
    }

    private <T> Mono<Void> byHistorian(
            HttpServerRequest request,
            HttpServerResponse response,
            Callable<T> find,
            Function<T, Publisher<Void>> tell) {
        return Mono.fromCallable(find)
                .subscribeOn(historian)
                .publishOn(threadOf(request))
                .flatMap(found -> Mono.from(tell.apply(found)))
                .onErrorResume(
                        RejectedExecutionException.class,
                        e -> Mono.from(problem(
                                response,
                                Problem.unavailable(
                                        "too many ask for histories; " + MOST_WAITING_FOR_HISTORY + " wait already"))));
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

    private Mono<PictureReply> reply(Space space, FrameQuery query, @Nullable String known) {
        return query.view().isPresent()
                ? view(space, query, query.view().get(), version -> matches(known, etag(space, version)))
                        .map(measured -> PictureReply.of(measured, etag(space, measured.version())))
                : whole(space, query).map(picture -> {
                    FrameInfo info = picture.frame().info();
                    String etag = etag(
                            space,
                            info.revision() + "-" + info.width() + "x" + info.height() + "-"
                                    + info.quality().label() + "-" + info.jpegPercent());
                    return PictureReply.of(picture, oriel.space(space.id()).orElse(space), etag, matches(known, etag));
                });
    }

    private Mono<Pictures.Picture> whole(Space space, FrameQuery query) {
        return query.moment()
                .map(moment -> Mono.fromSupplier(() -> oriel.pastPictures()
                        .picture(space, moment, query.quality())
                        .orElse(null)))
                .orElseGet(() -> oriel.pictures().picture(space, query.quality()));
    }

    private Mono<MeasuredPictures.Measured> view(
            Space space, FrameQuery query, PictureView view, Predicate<String> known) {
        return query.moment()
                .map(moment -> oriel.pastPictures().view(space, moment, view, query.quality(), known))
                .orElseGet(() -> oriel.measuredPictures().picture(space, view, query.quality(), known));
    }

    private static Publisher<Void> picture(PictureReply picture, HttpServerResponse response) {
        FrameInfo info = picture.info();
        response.header(HttpHeaderNames.ETAG, picture.etag())
                .header(HttpHeaderNames.CACHE_CONTROL, "private, no-cache")
                .header("X-Oriel-Space", info.space().value())
                .header("X-Oriel-Revision", Long.toString(info.revision()))
                .header("X-Oriel-Captured-At", info.capturedAt().toString())
                .header("X-Oriel-State", lower(picture.state()))
                .header("X-Oriel-Quality", info.quality().label())
                .header("X-Oriel-Scale", picture.scale())
                .header("X-Oriel-Origin", picture.origin());
        if (picture.frame().isEmpty()) {
            return response.status(HttpResponseStatus.NOT_MODIFIED).send();
        }
        Frame frame = picture.frame().get();
        response.header(HttpHeaderNames.CONTENT_TYPE, "image/jpeg")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(frame.sizeBytes()));
        if (response.method().equals(HttpMethod.HEAD)) {
            frame.close();
            return response.send();
        }
        return response.sendObject(FrameBytes.jpeg(frame));
    }

    /** Revisions begin anew when the server does, so its start is part of the tag. */
    private String etag(Space space, String version) {
        return "\"" + Long.toString(startedAt.toEpochMilli(), Character.MAX_RADIX) + "-" + space.id() + "-" + version
                + "\"";
    }

    private static boolean matches(@Nullable String given, String etag) {
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

    private Publisher<Void> asset(
            String path, QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        Optional<Dashboard.Asset> found = dashboard.at(path);
        if (found.isEmpty()) {
            return problem(response, Problem.notFound("there is nothing at \"" + path + "\""));
        }
        Dashboard.Asset asset = found.get();
        if (guard.bringsToken(uri)) {
            guard.token().ifPresent(token -> response.header(HttpHeaderNames.SET_COOKIE, cookie(token)));
        }
        response.header(HttpHeaderNames.ETAG, asset.etag())
                .header(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", Dashboard.CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer");
        if (matches(request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH), asset.etag())) {
            return response.status(HttpResponseStatus.NOT_MODIFIED).send();
        }
        return send(response.header(HttpHeaderNames.CONTENT_TYPE, asset.contentType()), asset.bytes());
    }

    private static String cookie(String token) {
        DefaultCookie cookie = new DefaultCookie(RequestGuard.TOKEN_COOKIE, token);
        cookie.setHttpOnly(true);
        cookie.setPath("/");
        cookie.setSameSite(CookieHeaderNames.SameSite.Strict);
        return ServerCookieEncoder.STRICT.encode(cookie);
    }

    private static Publisher<Void> json(HttpServerResponse response, Object value) {
        return json(response, Json.bytes(value));
    }

    private static Publisher<Void> json(HttpServerResponse response, byte[] body) {
        return send(
                response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .header(HttpHeaderNames.CACHE_CONTROL, "no-store"),
                body);
    }

    private Publisher<Void> problem(HttpServerResponse response, Problem problem) {
        log.debug("{}: {}", problem.status(), problem.detail());
        return send(
                response.status(problem.status())
                        .header(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                        .header(HttpHeaderNames.CACHE_CONTROL, "no-store"),
                Json.bytes(problem));
    }

    private static Publisher<Void> send(HttpServerResponse response, byte[] body) {
        response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return response.method().equals(HttpMethod.HEAD) ? response.send() : response.sendByteArray(Mono.just(body));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Says good-bye to the subscribers and stops listening. */
    @Override
    public void close() {
        feed.close();
        historian.dispose();
        try {
            server.disposeNow(LONGEST_STOP);
        } catch (IllegalStateException e) {
            log.debug("a client does not read and is cut off: {}", e.toString());
            channels.close().awaitUninterruptibly(LONGEST_STOP.toMillis());
        }
        loops.disposeLater(Duration.ZERO, LONGEST_STOP).block(LONGEST_STOP.multipliedBy(2));
    }
}
