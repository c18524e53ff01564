package dev.oriel.gateway;

import java.util.Locale;

/** All settings there are. Each is an environment variable and, in lower case with dashes, a command line option. */
enum Setting {
    JARVIS_ADAPTIVE_MEMORY("true", "whether the plan follows the pressure level; otherwise it stays that of GREEN"),
    CACHE_SIZE_GREEN("500", "cache budget at GREEN, in MB"),
    CACHE_SIZE_YELLOW("200", "cache budget at YELLOW, in MB"),
    CACHE_SIZE_RED("50", "cache budget at RED, in MB"),
    CACHE_MAX_SIZE_MB("200", "cache budget while the level is unknown, or always without dynamic sizing, in MB"),
    CACHE_DEFAULT_TTL("30", "how old a picture may be that is handed out where changes cannot be seen, in seconds"),
    CACHE_DYNAMIC_SIZING("true", "whether the cache budget follows the level"),
    CAPTURE_QUALITY_GREEN("optimized", "best quality at GREEN"),
    CAPTURE_QUALITY_YELLOW("fast", "best quality at YELLOW"),
    CAPTURE_QUALITY_RED("thumbnail", "best quality at RED"),
    PRESSURE_CHECK_INTERVAL("5", "slowest poll of the memory pressure, in seconds"),
    MONITOR_ACTIVE_ONLY_PRESSURE("true", "whether fewer spaces are captured under pressure"),
    MONITORED_SPACES("", "indexes or ids of the spaces to capture, comma-separated; empty for all"),
    IMAGE_COMPRESSION_QUALITY("85", "JPEG quality of 'optimized'"),
    IMAGE_THUMBNAIL_SIZE("400,300", "box that a thumbnail fits, in pixels"),
    ENABLE_AGGRESSIVE_COMPRESSION("true", "whether the JPEG quality is lowered under pressure"),
    ORIEL_HOST("127.0.0.1", "address to listen on; other than loopback needs a token"),
    ORIEL_PORT("8080", "port to listen on; 0 for any that is free"),
    ORIEL_SOURCE("auto", "where pixels come from: auto, x11, demo, macos or windows"),
    ORIEL_DISPLAYS("", "X displays, comma-separated; empty for $DISPLAY"),
    ORIEL_SPACES("auto", "what is a space on an X display: desktops, monitors, displays or auto"),
    ORIEL_REDACT(
            "",
            "what no picture shows, separated by ';': 'class:GLOB' or 'title:GLOB' for windows, 'x,y,width,height' or"
                    + " 'SPACE@x,y,width,height' for areas; empty for nothing"),
    ORIEL_POINTER("false", "whether the pointer is drawn into the pictures"),
    ORIEL_TOKEN("", "secret that every client has to give; empty for none; letters, digits and . _ ~ + / = -"),
    ORIEL_MAX_FPS("30", "most pictures of a space a second"),
    ORIEL_HISTORY_SECONDS("900", "how long a picture stays in the history, if there is room"),
    ORIEL_POISON_FREED("false", "whether freed bytes of pictures are overwritten; to find defects"),
    ORIEL_RSS_GREEN("600", "most memory of the whole process at GREEN, in MB"),
    ORIEL_RSS_YELLOW("300", "most memory of the whole process at YELLOW, in MB"),
    ORIEL_RSS_RED("100", "most memory of the whole process at RED, in MB");

    private final String initial;
    private final String description;

    Setting(String initial, String description) {
        this.initial = initial;
        this.description = description;
    }

    /** The value where none is given. */
    String initial() {
        return initial;
    }

    String description() {
        return description;
    }

    /** The command line option, for example {@code --oriel-port}. */
    String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
