package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

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
        Object json;
        try {
            json = Json.read(text);
        } catch (JacksonException e) {
            throw new BadRequestException("the message is not JSON: " + withoutInternals(e));
        }
        if (!(json instanceof Map<?, ?> message) || !(message.get("type") instanceof String type)) {
            throw new BadRequestException("a message is an object with a \"type\" that is a text");
        }
        return switch (type) {
            case "subscribe" -> {
                allow(message, "spaces", "quality", "delta", "maxFps", "credit");
                requireFlag(message, "delta");
                yield new Subscribe(
                        spaces(message), quality(message), number(message, "maxFps"), number(message, "credit"));
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
                if (!message.containsKey("space")) {
                    throw noSpace("left out");
                }
                Object space = message.get("space");
                yield new Focus(space == null ? Optional.empty() : Optional.of(space(space)));
            }
            case "visibility" -> {
                allow(message, "hidden");
                if (!(message.get("hidden") instanceof Boolean hidden)) {
                    throw new BadRequestException("\"visibility\" needs \"hidden\", true or false");
                }
                yield new Visibility(hidden);
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

    private static void allow(Map<?, ?> message, String... names) {
        Set<String> allowed = Set.of(names);
        for (Object name : message.keySet()) {
            if (!name.equals("type") && !allowed.contains(name)) {
                throw new BadRequestException("\"" + name + "\" is not known here; allowed: "
                        + Arrays.stream(names).sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private static List<String> spaces(Map<?, ?> message) {
        if (!(message.get("spaces") instanceof List<?> spaces) || spaces.isEmpty()) {
            throw new BadRequestException("\"spaces\" is a list of space ids, or [\"*\"] for all");
        }
        List<String> ids = new ArrayList<>();
        for (Object space : spaces) {
            ids.add(ALL.equals(space) ? ALL : space(space).value());
        }
        return ids;
    }

    private static SpaceId space(@Nullable Object value) {
        if (!(value instanceof String id)) {
            throw noSpace(Json.text(value));
        }
        try {
            return new SpaceId(id);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static BadRequestException noSpace(String was) {
        return new BadRequestException(
                "a space id has 1 to 64 letters, digits, dots, dashes or underscores, was " + was);
    }

    private static Quality quality(Map<?, ?> message) {
        if (!message.containsKey("quality")) {
            return Quality.OPTIMIZED;
        }
        Object value = message.get("quality");
        Optional<Quality> quality = value instanceof String label ? Quality.parse(label) : Optional.empty();
        return quality.orElseThrow(() -> new BadRequestException("quality is " + Json.text(value) + "; allowed: "
                + Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", "))));
    }

    private static void requireFlag(Map<?, ?> message, String name) {
        if (message.containsKey(name) && !(message.get(name) instanceof Boolean)) {
            throw new BadRequestException(name + " is " + Json.text(message.get(name)) + "; allowed: true or false");
        }
    }

    private static OptionalInt number(Map<?, ?> message, String name) {
        if (!message.containsKey(name)) {
            return OptionalInt.empty();
        }
        Object value = message.get(name);
        if (!(value instanceof Integer number) || number < 1 || number > MOST) {
            throw new BadRequestException(
                    name + " is " + Json.text(value) + "; allowed: a whole number from 1 to " + MOST);
        }
        return OptionalInt.of(number);
    }
}
