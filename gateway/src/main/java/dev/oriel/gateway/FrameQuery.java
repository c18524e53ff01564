package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody asks of a picture.
 *
 * @param quality the best they want
 */
record FrameQuery(Quality quality) {

    private static final Set<String> KNOWN = Set.of("quality", "token");

    /** The parameters of a request are wrong; the message says which and what is allowed. */
    static final class BadQueryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadQueryException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Reads the parameters.
     *
     * @throws BadQueryException if one is not known or wrong
     */
    static FrameQuery of(QueryStringDecoder uri) {
        Map<String, List<String>> parameters = uri.parameters();
        for (String name : new TreeSet<>(parameters.keySet())) {
            if (!KNOWN.contains(name)) {
                throw new BadQueryException("parameter \"" + name + "\" is not known here; allowed: quality");
            }
        }
        String text = parameters
                .getOrDefault("quality", List.of(Quality.OPTIMIZED.label()))
                .get(0);
        return new FrameQuery(Quality.parse(text)
                .orElseThrow(() -> new BadQueryException("quality is \"" + text + "\"; allowed: "
                        + Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", ")))));
    }
}
