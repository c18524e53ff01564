package dev.oriel.gateway;

import dev.oriel.pressure.PressureLevel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers what is asked of the memory pressure, and takes a simulated one. */
final class PressurePages {

    private static final int USUAL_SECONDS = 10;
    private static final int MOST_SECONDS = 3600;
    private static final List<String> KNOWN = List.of("level", "seconds");
    private static final Logger log = LoggerFactory.getLogger(PressurePages.class);

    /** What is simulated from now on, for so long. */
    private record Simulation(String level, int seconds) {}

    private final Oriel oriel;

    PressurePages(Oriel oriel) {
        this.oriel = oriel;
    }

    Publisher<Void> now(HttpServerResponse response) {
        return Answers.json(response, PressureReport.of(oriel));
    }

    /**
     * Simulates a level for a while; zero seconds end a simulation.
     *
     * @throws BadQueryException if a parameter is wrong
     */
    Publisher<Void> simulate(QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        if (!oriel.canSimulate()) {
            return Answers.problem(
                    response,
                    Problem.of(
                            HttpResponseStatus.FORBIDDEN,
                            "no pressure is simulated here; start with ./oriel serve --allow-simulation"));
        }
        QueryParameters parameters = new QueryParameters(uri, KNOWN);
        int seconds = parameters.text("seconds").map(PressurePages::seconds).orElse(USUAL_SECONDS);
        // Whatever is simulated ends, so there is no need to name it.
        PressureLevel level = level(parameters.text("level").orElse(seconds == 0 ? "GREEN" : ""));
        return oriel.simulate(level, Duration.ofSeconds(seconds))
                .publishOn(Answers.threadOf(request))
                .then(Mono.defer(() -> Mono.from(Answers.json(response, new Simulation(level.name(), seconds)))));
    }

    private static PressureLevel level(String text) {
        return PressureLevel.parse(text)
                .orElseThrow(() -> new BadQueryException("level is \"" + text + "\"; allowed: GREEN, YELLOW, RED"));
    }

    private static int seconds(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 0 && seconds <= MOST_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            log.trace("not a number: {}", text);
        }
        throw new BadQueryException(
                "seconds is \"" + text + "\"; allowed: 1 to " + MOST_SECONDS + ", or 0 to end a simulation");
    }
}
