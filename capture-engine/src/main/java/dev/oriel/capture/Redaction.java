package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What no picture may show: the windows that match a rule, and fixed areas.
 *
 * @param windows the rules; a window that matches one of them is hidden
 * @param areas hidden whatever they show
 */
public record Redaction(List<WindowRule> windows, List<AreaRule> areas) {

    /** Nothing is hidden. */
    public static final Redaction NONE = new Redaction(List.of(), List.of());

    /** Dark grey in every byte of a pixel, so that the order of the bytes does not matter. */
    private static final int BLANK = 0x20202020;

    private static final Pattern AREA = Pattern.compile(
            "(?:([A-Za-z0-9._-]{1,64})@)?(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})");

    /** What a rule looks at. */
    public enum Trait {
        /** What the application calls itself: the class part of {@code WM_CLASS} on an X display. */
        CLASS,
        /** The title of the window. */
        TITLE
    }

    /**
     * Hides windows.
     *
     * @param trait what it looks at
     * @param glob has to match the whole text, in small or capital letters: {@code *} stands for any letters, {@code ?}
     *     for one
     */
    public record WindowRule(Trait trait, String glob) {

        /** Checks that both are there. */
        public WindowRule {
            Objects.requireNonNull(trait, "trait");
            Objects.requireNonNull(glob, "glob");
        }

        private boolean hides(String application, List<String> titles) {
            return switch (trait) {
                case CLASS -> Glob.matches(glob, application);
                case TITLE -> titles.stream().anyMatch(title -> Glob.matches(glob, title));
            };
        }
    }

    /**
     * Hides an area.
     *
     * @param space where; empty for every space
     * @param area in pixels of the space
     */
    public record AreaRule(Optional<SpaceId> space, Area area) {

        /** Checks that both are there. */
        public AreaRule {
            Objects.requireNonNull(space, "space");
            Objects.requireNonNull(area, "area");
        }
    }

    /** Copies the lists. */
    public Redaction {
        windows = List.copyOf(windows);
        areas = List.copyOf(areas);
    }

    /**
     * Reads rules as people write them.
     *
     * @param text rules separated by {@code ;}: {@code class:GLOB}, {@code title:GLOB}, {@code x,y,width,height} or
     *     {@code SPACE@x,y,width,height}; may be empty
     * @return empty if one of them is none
     */
    public static Optional<Redaction> parse(String text) {
        List<WindowRule> windows = new ArrayList<>();
        List<AreaRule> areas = new ArrayList<>();
        for (String rule : text.split(";")) {
            Optional<WindowRule> window = parseWindow(rule.strip());
            Optional<AreaRule> area = parseArea(rule.strip());
            window.ifPresent(windows::add);
            area.ifPresent(areas::add);
            if (!rule.isBlank() && window.isEmpty() && area.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Redaction(windows, areas));
    }

    private static Optional<WindowRule> parseWindow(String rule) {
        for (Trait trait : Trait.values()) {
            String prefix = trait.name().toLowerCase(Locale.ROOT) + ":";
            if (rule.regionMatches(true, 0, prefix, 0, prefix.length())) {
                String glob = rule.substring(prefix.length()).strip();
                return glob.isEmpty() ? Optional.empty() : Optional.of(new WindowRule(trait, glob));
            }
        }
        return Optional.empty();
    }

    private static Optional<AreaRule> parseArea(String rule) {
        Matcher numbers = AREA.matcher(rule);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        Area area = new Area(
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)),
                Integer.parseInt(numbers.group(4)),
                Integer.parseInt(numbers.group(5)));
        Optional<SpaceId> space = Optional.ofNullable(numbers.group(1)).map(SpaceId::new);
        boolean isIndex = space.isPresent() && space.get().value().matches("\\d+");
        return area.isEmpty() || isIndex ? Optional.empty() : Optional.of(new AreaRule(space, area));
    }

    /**
     * Whether a window matches a rule.
     *
     * @param application what it calls itself; empty if it does not say
     * @param titles all that it gives
     * @return true if it is to be hidden
     */
    public boolean hides(String application, List<String> titles) {
        return windows.stream().anyMatch(rule -> rule.hides(application, titles));
    }

    /**
     * Whether a rule looks at titles.
     *
     * @return true if a new title can hide a window
     */
    public boolean dependsOnTitles() {
        return windows.stream().anyMatch(rule -> rule.trait() == Trait.TITLE);
    }

    /**
     * The areas to be hidden in a space. A rule for a display counts for its desktops and monitors too, and one for a
     * desktop also for the display, which is the space when the window manager is gone: the ids of the parts begin with
     * that of the whole.
     *
     * @param space which
     * @return in pixels of the space
     */
    public List<Area> areasOf(Space space) {
        List<Area> found = new ArrayList<>();
        for (AreaRule rule : areas) {
            String named = rule.space().map(SpaceId::value).orElse(space.id().value());
            if (named.equals(space.id().value()) || named.startsWith(space.id() + "-")) {
                found.add(rule.area());
            } else if (space.id().value().startsWith(named + "-")) {
                found.add(rule.area().relativeTo(space.area().x(), space.area().y()));
            }
        }
        return found;
    }

    /**
     * Paints over what an area covers of some rows.
     *
     * @param pixels as {@link ScreenSource#readRows} gives them
     * @param rows where these pixels lie
     * @param hidden the area, in the same coordinates
     */
    public static void blank(ByteBuffer pixels, Area rows, Area hidden) {
        Area hit = hidden.intersection(rows).relativeTo(rows.x(), rows.y());
        for (int y = hit.y(); y < hit.y() + hit.height(); y++) {
            int first = (y * rows.width() + hit.x()) * Integer.BYTES;
            for (int at = first; at < first + hit.width() * Integer.BYTES; at += Integer.BYTES) {
                pixels.putInt(at, BLANK);
            }
        }
    }
}
