package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@link EngineProbe}: the engine alone, in a Java that was started as {@code ./oriel} starts it. */
final class EngineProcess implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
    private static final Pattern DONE = Pattern.compile("^done$");
    private static final Pattern STATS = Pattern.compile("^stats (.+)$");
    private static final Pattern FRAME = Pattern.compile("^frame (\\d+) (\\d+)$");

    /**
     * The newest frame of some moment.
     *
     * @param count how many frames had come, this one included
     * @param nanoTime when the engine handed it over, on the clock of {@link System#nanoTime}, which all processes share
     */
    record Emission(long count, long nanoTime) {

        private static Emission parse(String line) {
            Matcher frame = FRAME.matcher(line);
            if (!frame.matches()) {
                throw new IllegalStateException("it matched before");
            }
            return new Emission(Long.parseLong(frame.group(1)), Long.parseLong(frame.group(2)));
        }
    }

    private final Child child;
    private final Path picture;

    private EngineProcess(Child child, Path picture) {
        this.child = child;
        this.picture = picture;
    }

    /** Starts an engine; it rests until it is told to {@link #watch}. */
    static EngineProcess start(Workplace workplace, List<String> displays) throws IOException {
        Child child = OwnJava.LAUNCHER.start(workplace, "the engine", Map.of(), EngineProbe.class, displays);
        return new EngineProcess(child, Files.createTempFile("oriel-benchmark", ".jpg"));
    }

    ProcessMeter meter() {
        return new ProcessMeter(child.pid());
    }

    /** Captures all spaces from now on; each gives its picture at once. */
    void watch() throws InterruptedException {
        child.tell("watch");
        child.awaitLine(DONE, LONGEST_ANSWER);
    }

    /** Captures nothing from now on. */
    void rest() throws InterruptedException {
        child.tell("rest");
        child.awaitLine(DONE, LONGEST_ANSWER);
    }

    /** Those of {@code CaptureStats}; {@code emitted} and {@code jpegBytes} of frames; {@code chargedBytes}, {@code frameMemoryBytes}. */
    Counters counters() throws InterruptedException {
        child.tell("stats");
        return Counters.parse(child.awaitText(STATS, LONGEST_ANSWER));
    }

    /** How many frames have come so far. */
    long count() throws InterruptedException {
        return counters().of("emitted");
    }

    /** Waits until so many frames have come in all. */
    Emission await(long count) throws InterruptedException {
        child.tell("await " + count);
        return Emission.parse(child.awaitLine(FRAME, LONGEST_ANSWER).text());
    }

    /** What the newest frame is, with its picture in {@link #picture()}. */
    Emission save() throws InterruptedException {
        child.tell("save " + picture);
        return Emission.parse(child.awaitLine(FRAME, LONGEST_ANSWER).text());
    }

    /** The JPEG of the last {@link #save}. */
    Jpeg picture() throws IOException {
        return new Jpeg(Files.readAllBytes(picture));
    }

    @Override
    public void close() throws IOException {
        child.close();
        Files.deleteIfExists(picture);
    }
}
