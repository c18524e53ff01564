package dev.oriel.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The parameters in an address, each known by name. Of one that is given twice the first counts. */
final class QueryParameters {

    private static final String TOKEN = "token";

    private final Map<String, List<String>> parameters;

    /**
     * Checks the names.
     *
     * @param known those that may be given, beside the token
     * @throws BadQueryException if one is not known
     */
    QueryParameters(QueryStringDecoder uri, List<String> known) {
        this.parameters = uri.parameters();
        for (String name : new TreeSet<>(parameters.keySet())) {
            if (!known.contains(name) && !name.equals(TOKEN)) {
                throw new BadQueryException(
                        "parameter \"" + name + "\" is not known here; allowed: " + String.join(", ", known));
            }
            if (parameters.getOrDefault(name, List.of()).size() > 1) {
                throw new BadQueryException("parameter \"" + name + "\" is given more than once");
            }
        }
    }

    Optional<String> text(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}
