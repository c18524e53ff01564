package dev.oriel.gateway;

import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody asks of a picture.
 *
 * @param quality the best they want
 * @param view which part, and how large; empty if they did not say
 */
record FrameQuery(Quality quality, Optional<PictureView> view) {

    private static final Set<String> KNOWN = Set.of("quality", "crop", "zoom", "fit", "token");

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
                throw new BadQueryException(
                        "parameter \"" + name + "\" is not known here; allowed: quality, crop, zoom, fit");
            }
        }
        String text = first(parameters, "quality").orElse(Quality.OPTIMIZED.label());
        Quality quality = Quality.parse(text)
                .orElseThrow(() -> new BadQueryException("quality is \"" + text + "\"; allowed: "
                        + Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", "))));
        ViewText view = new ViewText(first(parameters, "crop"), first(parameters, "zoom"), first(parameters, "fit"));
        return new FrameQuery(quality, view.parse("", BadQueryException::new));
    }

    private static Optional<String> first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}
