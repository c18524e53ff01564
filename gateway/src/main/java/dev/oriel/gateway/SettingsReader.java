package dev.oriel.gateway;

import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Redaction;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.optimizer.LevelSettings;
import dev.oriel.optimizer.PressureSettings;
import dev.oriel.pressure.PressureWatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the settings and gathers all that is wrong with them. A wrong value reads as the initial one meanwhile. */
final class SettingsReader {

    private static final int MOST_MEGABYTES = 1_000_000;
    private static final int MOST_SECONDS = 86_400;

    private final Map<String, String> environment;
    private final Map<Setting, String> options;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment, Map<Setting, String> options) {
        this.environment = environment;
        this.options = options;
    }

    Settings read() {
        String host = host();
        Optional<String> token = token();
        Settings.Source source = source();
        List<String> displays = displays();
        Settings settings = new Settings(
                host,
                number(Setting.ORIEL_PORT, 0, 65_535),
                token,
                source,
                displays,
                spaces(),
                flag(Setting.ORIEL_POINTER),
                monitored(),
                pressure(),
                Duration.ofSeconds(number(Setting.PRESSURE_CHECK_INTERVAL, 1, 3600)),
                pressureWatch(),
                capture().withRedaction(redaction()),
                Duration.ofSeconds(number(Setting.CACHE_DEFAULT_TTL, 1, MOST_SECONDS)),
                Duration.ofSeconds(number(Setting.ORIEL_HISTORY_SECONDS, 0, MOST_SECONDS)),
                flag(Setting.ORIEL_POISON_FREED),
                number(Setting.ORIEL_MAX_FPS, 1, 240));
        requireTokenBeyondLoopback(host, token);
        requireDisplay(source, displays);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    /* Not settings of ours: the names and their meaning are systemd's. */
    private Optional<PressureWatch> pressureWatch() {
        try {
            return PressureWatch.parse(
                    environment.get("MEMORY_PRESSURE_WATCH"), environment.get("MEMORY_PRESSURE_WRITE"));
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private PressureSettings pressure() {
        LevelSettings green = new LevelSettings(
                megabytes(Setting.CACHE_SIZE_GREEN),
                megabytes(Setting.ORIEL_RSS_GREEN),
                quality(Setting.CAPTURE_QUALITY_GREEN));
        LevelSettings yellow = new LevelSettings(
                megabytes(Setting.CACHE_SIZE_YELLOW, Setting.CACHE_SIZE_GREEN, green.budgetMegabytes()),
                megabytes(Setting.ORIEL_RSS_YELLOW, Setting.ORIEL_RSS_GREEN, green.rssCeilingMegabytes()),
                quality(Setting.CAPTURE_QUALITY_YELLOW));
        LevelSettings red = new LevelSettings(
                megabytes(Setting.CACHE_SIZE_RED, Setting.CACHE_SIZE_YELLOW, yellow.budgetMegabytes()),
                megabytes(Setting.ORIEL_RSS_RED, Setting.ORIEL_RSS_YELLOW, yellow.rssCeilingMegabytes()),
                quality(Setting.CAPTURE_QUALITY_RED));
        return new PressureSettings(
                flag(Setting.JARVIS_ADAPTIVE_MEMORY),
                flag(Setting.CACHE_DYNAMIC_SIZING),
                flag(Setting.MONITOR_ACTIVE_ONLY_PRESSURE),
                flag(Setting.ENABLE_AGGRESSIVE_COMPRESSION),
                megabytes(Setting.CACHE_MAX_SIZE_MB),
                green,
                yellow,
                red);
    }

    private CaptureSettings capture() {
        int percent = number(Setting.IMAGE_COMPRESSION_QUALITY, 1, 100);
        return value(Setting.IMAGE_THUMBNAIL_SIZE, "width,height in pixels, each 1 to 4096", text -> {
            String[] sides = text.split(",", -1);
            if (sides.length != 2) {
                return Optional.empty();
            }
            Optional<Integer> width = wholeNumber(sides[0], 1, 4096);
            Optional<Integer> height = wholeNumber(sides[1], 1, 4096);
            return width.isPresent() && height.isPresent()
                    ? Optional.of(new CaptureSettings(percent, width.get(), height.get()))
                    : Optional.empty();
        });
    }

    private Redaction redaction() {
        return value(
                Setting.ORIEL_REDACT,
                "rules separated by ;, each class:GLOB, title:GLOB, x,y,width,height or SPACE@x,y,width,height with the"
                        + " id of a space, in pixels",
                Redaction::parse);
    }

    private String host() {
        return value(Setting.ORIEL_HOST, "an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0", text -> {
            try {
                return text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(InetAddress.getByName(text).getHostAddress());
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        });
    }

    /** A cookie has to carry it. What is wrong with a secret is said without repeating it. */
    private Optional<String> token() {
        String token = text(Setting.ORIEL_TOKEN);
        if (!token.matches("[A-Za-z0-9._~+/=-]*")) {
            problems.add("ORIEL_TOKEN is not shown here; allowed: letters, digits and . _ ~ + / = -");
        }
        return Optional.of(token).filter(secret -> !secret.isEmpty());
    }

    private Settings.Source source() {
        String allowed = Arrays.stream(Settings.Source.values())
                .map(SettingsReader::lower)
                .collect(Collectors.joining(", "));
        return value(
                Setting.ORIEL_SOURCE,
                allowed,
                text -> Arrays.stream(Settings.Source.values())
                        .filter(source -> source.name().equalsIgnoreCase(text))
                        .findFirst());
    }

    private Optional<SpaceKind> spaces() {
        String allowed =
                Arrays.stream(SpaceKind.values()).map(SettingsReader::lower).collect(Collectors.joining(", "));
        return value(
                Setting.ORIEL_SPACES,
                "auto, " + allowed,
                text -> text.equalsIgnoreCase("auto")
                        ? Optional.of(Optional.empty())
                        : Arrays.stream(SpaceKind.values())
                                .filter(kind -> kind.name().equalsIgnoreCase(text))
                                .findFirst()
                                .map(Optional::of));
    }

    private List<String> displays() {
        List<String> named =
                value(Setting.ORIEL_DISPLAYS, "X displays such as :99, comma-separated, each once", text -> {
                    List<String> displays = list(text);
                    return areDisplays(displays) ? Optional.of(displays) : Optional.empty();
                });
        return named.isEmpty() ? displayOfEnvironment() : named;
    }

    private List<String> displayOfEnvironment() {
        String text = environment.getOrDefault("DISPLAY", "");
        List<String> display = list(text);
        if (!areDisplays(display)) {
            problems.add("DISPLAY is \"" + text + "\"; allowed: an X display such as :99");
            return List.of();
        }
        return display;
    }

    /** A display and its first screen are the same. */
    private static String screenless(String display) {
        return display.endsWith(".0") ? display.substring(0, display.length() - 2) : display;
    }

    private static boolean areDisplays(List<String> names) {
        return names.stream().allMatch(name -> name.matches("[A-Za-z0-9._/-]{0,40}:\\d{1,5}(\\.\\d{1,2})?"))
                && names.stream().map(SettingsReader::screenless).distinct().count() == names.size();
    }

    private Set<String> monitored() {
        return value(Setting.MONITORED_SPACES, "space indexes or ids, comma-separated", text -> {
            Set<String> names = new LinkedHashSet<>(list(text));
            return names.stream().allMatch(name -> name.matches("[A-Za-z0-9._-]{1,64}"))
                    ? Optional.of(names)
                    : Optional.empty();
        });
    }

    private Quality quality(Setting setting) {
        String allowed = Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", "));
        return value(setting, allowed, Quality::parse);
    }

    private boolean flag(Setting setting) {
        return value(setting, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    private int megabytes(Setting setting) {
        return number(setting, 1, MOST_MEGABYTES);
    }

    /* A level has no more memory than a better one. An initial value gives way to what was set for that one. */
    private int megabytes(Setting setting, Setting better, int most) {
        String allowed = range(1, most) + ", which is " + better;
        int megabytes = value(
                setting,
                allowed,
                text -> wholeNumber(text, 1, MOST_MEGABYTES)
                        .filter(number -> number <= most || text.equals(setting.initial())));
        return Math.min(megabytes, most);
    }

    private int number(Setting setting, int least, int most) {
        return value(setting, range(least, most), text -> wholeNumber(text, least, most));
    }

    private static String range(int least, int most) {
        return "a whole number from " + least + " to " + most;
    }

    private static Optional<Integer> wholeNumber(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            return number >= least && number <= most ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void requireTokenBeyondLoopback(String host, Optional<String> token) {
        try {
            if (token.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                problems.add("ORIEL_HOST is \"" + host + "\", which others can reach; set ORIEL_TOKEN to a secret that"
                        + " clients have to give, or listen on 127.0.0.1");
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address was not taken: " + host, e);
        }
    }

    private void requireDisplay(Settings.Source source, List<String> displays) {
        if (source == Settings.Source.X11 && displays.isEmpty()) {
            problems.add(
                    "ORIEL_SOURCE is \"x11\", but there is no display: set DISPLAY or ORIEL_DISPLAYS, for example to"
                            + " :99, or ORIEL_SOURCE to demo");
        }
    }

    /** The option, else the environment variable unless it is empty, else the initial value. */
    private String text(Setting setting) {
        String option = options.get(setting);
        if (option != null) {
            return option.strip();
        }
        String variable = environment.getOrDefault(setting.name(), "").strip();
        return variable.isEmpty() ? setting.initial() : variable;
    }

    /** Reads a value; one that cannot be read is a problem, and the initial one stands in until all are reported. */
    private <T> T value(Setting setting, String allowed, Function<String, Optional<T>> reader) {
        String text = text(setting);
        return reader.apply(text).orElseGet(() -> {
            problems.add(setting.name() + " is \"" + text + "\"; allowed: " + allowed);
            return reader.apply(setting.initial())
                    .orElseThrow(() -> new IllegalStateException("the initial value of " + setting + " is wrong"));
        });
    }
}
