package dev.oriel.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A moment as somebody wrote it. */
final class TimeText {

    private static final String ALLOWED = "an ISO time with its zone, such as 2026-05-01T12:30:00.5Z,"
            + " milliseconds since 1970, or -30 for half a minute ago";

    /* Not more digits than there can be of use, so that no number is too large for what is done with it. */
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,16}");
    private static final Pattern SECONDS_AGO = Pattern.compile("-(\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9})");

    private TimeText() {}

    /**
     * What the text means.
     *
     * @param name of the parameter, for the message
     * @throws BadQueryException if it means nothing
     */
    static Instant parse(String name, String text, Instant now) {
        return read(text.strip(), now)
                .orElseThrow(() -> new BadQueryException(name + " is \"" + text + "\"; allowed: " + ALLOWED));
    }

    private static Optional<Instant> read(String text, Instant now) {
        if (MILLISECONDS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        }
        if (SECONDS_AGO.matcher(text).matches()) {
            return Optional.of(now.minus(Duration.parse("PT0" + text.substring(1) + "S")));
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
