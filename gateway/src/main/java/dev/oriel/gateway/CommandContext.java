package dev.oriel.gateway;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;

/** What commands are handed instead of looking at the process themselves. */
final class CommandContext {

    private final Map<String, String> environment;
    private final Map<Setting, String> options = new EnumMap<>(Setting.class);
    private final PrintWriter out;

    CommandContext(Map<String, String> environment, PrintWriter out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    void option(Setting setting, String value) {
        options.put(setting, value);
    }

    /** Reads all settings; to be called when the command line has been read. */
    Settings settings() {
        return Settings.read(environment, options);
    }

    /** What people and programs read. */
    void print(String text) {
        out.println(text);
        out.flush();
    }
}
