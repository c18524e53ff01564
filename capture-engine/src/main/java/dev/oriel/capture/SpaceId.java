package dev.oriel.capture;

import java.util.regex.Pattern;

/**
 * The stable name of a {@link Space}: the same after a replug, a reconnect or a restart, and safe in a URL path.
 *
 * @param value 1 to 64 letters, digits, dots, dashes or underscores, for example {@code x11-99-2}
 */
public record SpaceId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Checks the characters.
     *
     * @throws IllegalArgumentException if {@code value} is empty, too long or holds another character
     */
    public SpaceId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a space id has 1 to 64 letters, digits, dots, dashes or underscores, was \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
