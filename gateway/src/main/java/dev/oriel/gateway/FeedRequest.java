package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a client of the feed says. */
sealed interface FeedRequest {

    /** A message that cannot be understood; the message of the exception says what is allowed. */
    final class BadRequestException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message, null, false, false);
        }
    }

    /** The most frames that a client may ask for at once, or a second. */
    int MOST = 1000;

    /** Every space. */
    String ALL = "*";

    /**
     * Wants frames.
     *
     * @param spaces {@link #ALL} or ids
     * @param maxFps empty for as many as the server makes
     * @param credit empty to leave it as it is
     */
    record Subscribe(List<String> spaces, Quality quality, OptionalInt maxFps, OptionalInt credit)
            implements FeedRequest {}

    /** Wants no more frames. */
    record Unsubscribe(List<String> spaces) implements FeedRequest {}

    /** Can take so many frames more. */
    record Credit(int frames) implements FeedRequest {}

    /** Looks at one space closely, or at none. */
    record Focus(Optional<SpaceId> space) implements FeedRequest {}

    /** Is hidden, and needs no frames meanwhile. */
    record Visibility(boolean hidden) implements FeedRequest {}

    /**
     * Reads a message.
     *
     * @throws BadRequestException if it cannot be understood
     */
    static FeedRequest parse(String text) {
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (JacksonException e) {
            throw new BadRequestException("the message is not JSON: " + withoutInternals(e));
        }
        if (!message.isObject() || !message.path("type").isString()) {
            throw new BadRequestException("a message is an object with a \"type\" that is a text");
        }
        String type = message.path("type").stringValue();
        return switch (type) {
            case "subscribe" -> {
                allow(message, "spaces", "quality", "delta", "maxFps", "credit");
                requireFlag(message, "delta");
                yield new Subscribe(
                        spaces(message),
                        quality(message.get("quality")),
                        number(message, "maxFps"),
                        number(message, "credit"));
            }
            case "unsubscribe" -> {
                allow(message, "spaces");
                yield new Unsubscribe(spaces(message));
            }
            case "credit" -> {
                allow(message, "frames");
                yield new Credit(number(message, "frames")
                        .orElseThrow(() -> new BadRequestException("\"credit\" needs \"frames\", 1 to " + MOST)));
            }
            case "focus" -> {
                allow(message, "space");
                boolean none = message.path("space").isNull();
                yield new Focus(none ? Optional.empty() : Optional.of(space(message.path("space"))));
            }
            case "visibility" -> {
                allow(message, "hidden");
                if (!message.path("hidden").isBoolean()) {
                    throw new BadRequestException("\"visibility\" needs \"hidden\", true or false");
                }
                yield new Visibility(message.path("hidden").booleanValue());
            }
            default ->
                throw new BadRequestException(
                        "type is \"" + type + "\"; allowed: subscribe, unsubscribe, credit, focus, visibility");
        };
    }

    /** What the parser says without the source and the classes it names in brackets. */
    private static String withoutInternals(JacksonException failure) {
        return String.valueOf(failure.getOriginalMessage()).replaceAll("(?s) *[(\\[].*", "");
    }

    private static void allow(JsonNode message, String... names) {
        Set<String> allowed = Set.of(names);
        for (String name : message.propertyNames()) {
            if (!name.equals("type") && !allowed.contains(name)) {
                throw new BadRequestException("\"" + name + "\" is not known here; allowed: "
                        + Arrays.stream(names).sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private static List<String> spaces(JsonNode message) {
        JsonNode spaces = message.path("spaces");
        if (!spaces.isArray() || spaces.isEmpty()) {
            throw new BadRequestException("\"spaces\" is a list of space ids, or [\"*\"] for all");
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode space : spaces) {
            if (space.isString() && space.stringValue().equals(ALL)) {
                ids.add(ALL);
            } else {
                ids.add(space(space).value());
            }
        }
        return ids;
    }

    private static SpaceId space(JsonNode node) {
        if (!node.isString()) {
            throw new BadRequestException("a space id has 1 to 64 letters, digits, dots, dashes or underscores, was "
                    + (node.isMissingNode() ? "left out" : node));
        }
        try {
            return new SpaceId(node.stringValue());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static Quality quality(@Nullable JsonNode node) {
        if (node == null) {
            return Quality.OPTIMIZED;
        }
        Optional<Quality> quality = node.isString() ? Quality.parse(node.stringValue()) : Optional.empty();
        return quality.orElseThrow(() -> new BadRequestException("quality is " + node + "; allowed: "
                + Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", "))));
    }

    private static void requireFlag(JsonNode message, String name) {
        JsonNode node = message.get(name);
        if (node != null && !node.isBoolean()) {
            throw new BadRequestException(name + " is " + node + "; allowed: true or false");
        }
    }

    private static OptionalInt number(JsonNode message, String name) {
        JsonNode node = message.get(name);
        if (node == null) {
            return OptionalInt.empty();
        }
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > MOST) {
            throw new BadRequestException(name + " is " + node + "; allowed: a whole number from 1 to " + MOST);
        }
        return OptionalInt.of(node.intValue());
    }
}
