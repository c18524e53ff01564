package dev.oriel.gateway;

import dev.oriel.capture.CropOutsideException;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.PictureRefusedException;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Space;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers what is asked of one space: its pictures of now and of the past, and its history. */
final class SpacePages implements AutoCloseable {

    private static final String PICTURE = "frame.jpg";
    private static final String HISTORY = "history";
    private static final int HISTORIES_AT_ONCE = 1;
    private static final int MOST_WAITING_FOR_HISTORY = 64;
    private static final int HISTORIAN_IDLE_SECONDS = 10;

    private final Oriel oriel;
    private final Clock clock;
    private final Instant startedAt;
    /** Looks through long histories, so that no event loop has to. Its thread ends when idle. */
    private final Scheduler historian = Schedulers.newBoundedElastic(
            HISTORIES_AT_ONCE, MOST_WAITING_FOR_HISTORY, "oriel-history", HISTORIAN_IDLE_SECONDS, true);

    /**
     * Pages that hold nothing yet.
     *
     * @param startedAt when the server was started: revisions count from there
     */
    SpacePages(Oriel oriel, Clock clock, Instant startedAt) {
        this.oriel = oriel;
        this.clock = clock;
        this.startedAt = startedAt;
    }

    /**
     * Answers a request.
     *
     * @param rest of the path, from the id of the space on
     * @throws BadQueryException if a parameter is wrong
     */
    Publisher<Void> answer(
            String rest, QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        String[] parts = rest.split("/", -1);
        Optional<Space> space = oriel.spaces().stream()
                .filter(known -> known.id().value().equals(parts[0]))
                .findFirst();
        if (space.isEmpty()) {
            return Answers.problem(
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
                Answers.problem(
                        response,
                        Problem.notFound("a space has no \"" + rest.substring(parts[0].length()) + "\"; it has: /"
                                + PICTURE + ", /" + HISTORY));
        };
    }

    private Publisher<Void> picture(
            Space space, FrameQuery query, HttpServerRequest request, HttpServerResponse response) {
        return reply(space, query, request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH))
                .publishOn(Answers.threadOf(request))
                .doOnDiscard(PictureReply.class, PictureReply::close)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(picture -> picture.isPresent()
                        ? Mono.from(picture(picture.get(), response))
                        : noPicture(space, query, request, response))
                .onErrorResume(
                        CropOutsideException.class,
                        e -> Mono.from(Answers.problem(response, Problem.badRequest(String.valueOf(e.getMessage())))))
                .onErrorResume(
                        PictureRefusedException.class,
                        e -> Mono.from(Answers.problem(response, Problem.unavailable(String.valueOf(e.getMessage())))));
    }

    private Mono<Void> noPicture(
            Space space, FrameQuery query, HttpServerRequest request, HttpServerResponse response) {
        if (query.moment().isEmpty()) {
            // It may have changed while the picture was waited for.
            Space meanwhile = oriel.space(space.id()).orElse(space);
            return Mono.from(Answers.problem(
                    response,
                    Problem.unavailable("there is no picture of \"" + space.id() + "\" now: the space is "
                            + lower(oriel.pictures().state(meanwhile)) + "; "
                            + oriel.pictures().reason(meanwhile))));
        }
        Moment moment = query.moment().get();
        if (query.view().isPresent() && oriel.pastPictures().isHeld(space.id(), moment)) {
            return Mono.from(Answers.problem(
                    response, Problem.unavailable("the view of " + moment + " was not made in time; ask again")));
        }
        return byHistorian(
                request,
                response,
                () -> oriel.pastPictures().whyNot(space.id(), moment),
                why -> Answers.problem(response, Problem.notFound(why)));
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
                    return Answers.json(response, answer.body());
                });
    }

    private <T> Mono<Void> byHistorian(
            HttpServerRequest request,
            HttpServerResponse response,
            Callable<T> find,
            Function<T, Publisher<Void>> tell) {
        return Mono.fromCallable(find)
                .subscribeOn(historian)
                .publishOn(Answers.threadOf(request))
                .flatMap(found -> Mono.from(tell.apply(found)))
                .onErrorResume(
                        RejectedExecutionException.class,
                        e -> Mono.from(Answers.problem(
                                response,
                                Problem.unavailable(
                                        "too many ask for histories; " + MOST_WAITING_FOR_HISTORY + " wait already"))));
    }

    private Mono<PictureReply> reply(Space space, FrameQuery query, @Nullable String known) {
        return query.view().isPresent()
                ? view(space, query, query.view().get(), version -> Answers.matches(known, etag(space, version)))
                        .map(measured -> PictureReply.of(measured, etag(space, measured.version())))
                : whole(space, query).map(picture -> {
                    FrameInfo info = picture.frame().info();
                    String etag = etag(
                            space,
                            info.revision() + "-" + info.width() + "x" + info.height() + "-"
                                    + info.quality().label() + "-" + info.jpegPercent());
                    return PictureReply.of(
                            picture, oriel.space(space.id()).orElse(space), etag, Answers.matches(known, etag));
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

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        historian.dispose();
    }
}
