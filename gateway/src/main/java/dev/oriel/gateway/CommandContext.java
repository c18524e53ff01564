package dev.oriel.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** What commands are handed instead of looking at the process themselves. */
final class CommandContext {

    private final Map<String, String> environment;
    private final Map<Setting, String> options = new EnumMap<>(Setting.class);
    private final PrintWriter out;
    private final OutputStream bytes;

    CommandContext(Map<String, String> environment, OutputStream output) {
        this.environment = Map.copyOf(environment);
        this.bytes = output;
        this.out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    }

    void option(Setting setting, String value) {
        options.put(setting, value);
    }

    /** Reads all settings; to be called when the command line has been read. */
    Settings settings() {
        return Settings.read(environment, options);
    }

    /** What programs read as it is. */
    void print(byte[] data) {
        try {
            bytes.write(data);
            bytes.flush();
        } catch (IOException e) {
            throw new CommandFailedException("cannot write to standard output: " + e);
        }
    }

    PrintWriter out() {
        return out;
    }

    /**
     * What people and programs read.
     *
     * @throws CommandFailedException if nobody can read it any more
     */
    void print(String text) {
        out.println(text);
        if (out.checkError()) {
            throw new CommandFailedException("cannot write to standard output; was its reader closed?");
        }
    }
}
