package dev.oriel.gateway;

import dev.oriel.capture.Area;
import dev.oriel.capture.Fit;
import dev.oriel.capture.PictureView;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a space somebody wants, and how large, as they wrote it; each empty if they said nothing.
 *
 * @param crop {@code x,y,width,height} in pixels of the space
 * @param zoom a whole factor
 * @param fit a box or the name of one
 */
record ViewText(Optional<String> crop, Optional<String> zoom, Optional<String> fit) {

    private static final Pattern RECTANGLE =
            Pattern.compile("\\s*(-?\\d{1,5})\\s*,\\s*(-?\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*");
    private static final Pattern FACTOR = Pattern.compile("[1-" + PictureView.MOST_ZOOM + "]");

    /**
     * What the text means.
     *
     * @param prefix of the names in messages
     * @param wrong makes the exception that is thrown if a text is wrong, from a message that says which and what is allowed
     * @return empty if nobody said anything
     */
    Optional<PictureView> parse(String prefix, Function<String, RuntimeException> wrong) {
        if (crop.isEmpty() && zoom.isEmpty() && fit.isEmpty()) {
            return Optional.empty();
        }
        Optional<Area> area = crop.map(text -> rectangle(text)
                .orElseThrow(() -> wrong.apply(prefix + "crop is \"" + text
                        + "\"; allowed: x,y,width,height in whole pixels, inside the space")));
        int factor = zoom.map(text -> factor(text)
                        .orElseThrow(() -> wrong.apply(prefix + "zoom is \"" + text
                                + "\"; allowed: a whole number from 1 to " + PictureView.MOST_ZOOM)))
                .orElse(1);
        Optional<Fit> box = fit.map(text -> Fit.parse(text)
                .orElseThrow(() -> wrong.apply(prefix + "fit is \"" + text + "\"; allowed: " + Fit.ALLOWED)));
        return Optional.of(new PictureView(area, factor, box));
    }

    private static Optional<Area> rectangle(String text) {
        Matcher numbers = RECTANGLE.matcher(text);
        return numbers.matches()
                ? Optional.of(new Area(
                        Integer.parseInt(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)),
                        Integer.parseInt(numbers.group(3)),
                        Integer.parseInt(numbers.group(4))))
                : Optional.empty();
    }

    private static Optional<Integer> factor(String text) {
        return FACTOR.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
