package dev.oriel.gateway;

import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody asks of a picture.
 *
 * @param quality the best they want
 * @param moment which one of the past; empty for the one of now
 * @param view which part, and how large; empty if they did not say
 */
record FrameQuery(Quality quality, Optional<Moment> moment, Optional<PictureView> view) {

    private static final List<String> KNOWN = List.of("quality", "rev", "at", "crop", "zoom", "fit");
    private static final Pattern REVISION = Pattern.compile("0{0,9}[1-9]\\d{0,17}");

    /**
     * Reads the parameters.
     *
     * @throws BadQueryException if one is not known or wrong
     */
    static FrameQuery of(QueryStringDecoder uri, Instant now) {
        QueryParameters parameters = new QueryParameters(uri, KNOWN);
        String text = parameters.text("quality").orElse(Quality.OPTIMIZED.label());
        Quality quality = Quality.parse(text)
                .orElseThrow(() -> new BadQueryException("quality is \"" + text + "\"; allowed: "
                        + Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", "))));
        ViewText view = new ViewText(parameters.text("crop"), parameters.text("zoom"), parameters.text("fit"));
        return new FrameQuery(quality, moment(parameters, now), view.parse("", BadQueryException::new));
    }

    private static Optional<Moment> moment(QueryParameters parameters, Instant now) {
        Optional<Moment> revision = parameters.text("rev").map(FrameQuery::revision);
        Optional<Moment> time = parameters.text("at").map(text -> time(text, now));
        if (revision.isPresent() && time.isPresent()) {
            throw new BadQueryException("rev and at are both given; allowed: one of them");
        }
        return revision.or(() -> time);
    }

    private static Moment revision(String text) {
        if (!REVISION.matcher(text).matches()) {
            throw new BadQueryException("rev is \"" + text + "\"; allowed: a whole number from 1");
        }
        return new Moment.Revision(Long.parseLong(text));
    }

    /* Taken as a slip of the hand, microseconds say: the newest picture would be an answer to another question. */
    private static Moment time(String text, Instant now) {
        Instant time = TimeText.parse("at", text, now);
        if (time.isAfter(now)) {
            throw new BadQueryException(
                    "at is \"" + text + "\", which is " + time + " and not yet; allowed: until now, which is " + now);
        }
        return new Moment.Time(time);
    }
}
