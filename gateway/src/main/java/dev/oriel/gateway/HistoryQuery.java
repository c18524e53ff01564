package dev.oriel.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.util.List;

/**
 * What somebody asks of a history.
 *
 * @param from the first moment
 * @param to the last one
 * @param limit how many entries at most; the newest are given
 */
record HistoryQuery(Instant from, Instant to, int limit) {

    static final int USUAL_LIMIT = 1_000;
    /** An answer of about 1.5 MB; more comes in pages. */
    static final int MOST = 10_000;

    private static final List<String> KNOWN = List.of("from", "to", "limit");

    /**
     * Reads the parameters.
     *
     * @throws BadQueryException if one is not known or wrong
     */
    static HistoryQuery of(QueryStringDecoder uri, Instant now) {
        QueryParameters parameters = new QueryParameters(uri, KNOWN);
        Instant from = parameters
                .text("from")
                .map(text -> TimeText.parse("from", text, now))
                .orElse(Instant.MIN);
        Instant to = parameters
                .text("to")
                .map(text -> TimeText.parse("to", text, now))
                .orElse(Instant.MAX);
        if (from.isAfter(to)) {
            throw new BadQueryException("from is " + from + " and to is " + to + "; allowed: from is before to");
        }
        return new HistoryQuery(
                from, to, parameters.text("limit").map(HistoryQuery::limit).orElse(USUAL_LIMIT));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadQueryException("limit is \"" + text + "\"; allowed: 1 to " + MOST);
    }
}
