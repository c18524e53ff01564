package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Memory of which it is only said that it is scarce: the server plays levels from a file. */
final class ScriptedScarcity implements ScarceMemory {

    private static final long SECONDS_AT_RED = 8;

    private final Path script;
    private final String why;

    /**
     * Writes the levels.
     *
     * @param untilStep from the start of the server to RED
     * @param why memory cannot be made scarce
     */
    ScriptedScarcity(Duration untilStep, String why) throws IOException {
        long red = untilStep.toSeconds();
        this.why = why;
        this.script = Files.createTempFile("oriel-profile", ".levels");
        Files.writeString(script, "0 GREEN\n" + red + " RED\n" + (red + SECONDS_AT_RED) + " GREEN\n");
    }

    @Override
    public String kind() {
        return "scripted";
    }

    @Override
    public String how() {
        return "the level was told to the server with --pressure, as memory could not be made scarce: " + why;
    }

    @Override
    public List<String> before() {
        return List.of();
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--pressure", script.toString());
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    /** The script does it. */
    @Override
    public void squeeze() {}

    /** The script does it. */
    @Override
    public void release() {}

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(script);
    }
}
