package dev.oriel.benchmarks;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureStats;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Frame;
import dev.oriel.capture.Quality;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.capture.x11.X11Options;
import dev.oriel.capture.x11.X11Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/*
 * It says nothing unless asked, so that between two questions only the engine and the cache cost anything. A frame is
 * stamped when the engine hands it over, before the cache takes it.
 */
/**
 * The capture engine with the frame cache and nothing else, wired as the gateway does, as a program of its own that is
 * measured from outside. Each line on standard input is a question, and one line answers it:
 *
 * <ul>
 *   <li>{@code watch}: captures every space in {@link Quality#OPTIMIZED}, as fast as it changes.
 *   <li>{@code rest}: captures nothing, as at the start.
 *   <li>{@code stats}: all counters, as {@code name=number}.
 *   <li>{@code await N}: as soon as N frames have come in all.
 *   <li>{@code save FILE}: writes the newest frame to a file.
 * </ul>
 *
 * The last two answer {@code frame}, how many frames have come, and the {@link System#nanoTime} of the newest.
 */
public final class EngineProbe {

    private final FrameCache cache;
    private final CaptureEngine engine;
    private final PrintStream answers;
    private final Sinks.Many<Boolean> watching = Sinks.many().replay().latest();

    private long frames;
    private long jpegBytes;
    private long newestNanoTime;
    private @Nullable SpaceId newestSpace;

    private EngineProbe(FrameCache cache, CaptureEngine engine, PrintStream answers) {
        this.cache = cache;
        this.engine = engine;
        this.answers = answers;
    }

    /**
     * Runs until standard input ends.
     *
     * @param displays at least one, as in {@code $DISPLAY}
     * @throws IOException if a frame cannot be saved
     * @throws InterruptedException if it is interrupted while it waits for a frame
     */
    public static void main(String[] displays) throws IOException, InterruptedException {
        List<ScreenSource> sources =
                Arrays.stream(displays).map(EngineProbe::source).toList();
        Clock clock = Clock.systemUTC();
        try (FrameCache cache = FrameCache.open(FrameCacheSettings.defaults(), clock);
                CaptureEngine engine =
                        CaptureEngine.start(sources, cache.memory(), CaptureSettings.defaults(), clock)) {
            new EngineProbe(cache, engine, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
        }
    }

    private static ScreenSource source(String display) {
        return new X11Source(display, X11Options.defaults().withSpaces(SpaceKind.DISPLAYS), System::nanoTime);
    }

    private void run() throws IOException, InterruptedException {
        Flux<CaptureSchedule> schedules = Flux.combineLatest(
                engine.spaces(), watching.asFlux(), (spaces, on) -> on ? everything(spaces) : CaptureSchedule.NOTHING);
        engine.frames(schedules).subscribe(this::take, failure -> answers.println("the engine failed: " + failure));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ", 2);
            answers.println(answer(words[0], words.length > 1 ? words[1] : ""));
        }
    }

    private static CaptureSchedule everything(List<Space> spaces) {
        List<CaptureTarget> targets = spaces.stream()
                .map(space -> new CaptureTarget(space.id(), Set.of(Quality.OPTIMIZED), Duration.ZERO))
                .toList();
        return new CaptureSchedule(targets, 0);
    }

    private void take(Frame frame) {
        long now = System.nanoTime();
        SpaceId space = frame.space();
        int bytes = frame.sizeBytes();
        cache.put(frame);
        synchronized (this) {
            frames++;
            jpegBytes += bytes;
            newestNanoTime = now;
            newestSpace = space;
            notifyAll();
        }
    }

    private String answer(String question, String argument) throws IOException, InterruptedException {
        return switch (question) {
            case "watch" -> follow(true);
            case "rest" -> follow(false);
            case "stats" -> stats();
            case "await" -> await(Long.parseLong(argument));
            case "save" -> save(Path.of(argument));
            default -> "what is \"" + question + "\"?";
        };
    }

    private String follow(boolean on) {
        watching.emitNext(on, Sinks.EmitFailureHandler.FAIL_FAST);
        return "done";
    }

    /* All components, so that a counter that is new needs nothing here. */
    private synchronized String stats() {
        CaptureStats stats = engine.stats();
        StringBuilder text = new StringBuilder("stats");
        for (RecordComponent counter : CaptureStats.class.getRecordComponents()) {
            try {
                text.append(' ').append(counter.getName()).append('=');
                text.append(counter.getAccessor().invoke(stats));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(counter + " cannot be read", e);
            }
        }
        return text.append(" emitted=").append(frames)
                + " jpegBytes=" + jpegBytes
                + " chargedBytes=" + cache.stats().chargedBytes()
                + " frameMemoryBytes=" + cache.stats().residentBytes();
    }

    private synchronized String await(long count) throws InterruptedException {
        while (frames < count) {
            wait();
        }
        return newest();
    }

    private synchronized String save(Path file) throws IOException {
        if (newestSpace == null) {
            return "no frame has come";
        }
        try (Frame frame = cache.newest(newestSpace).orElseThrow()) {
            Files.write(file, frame.toByteArray());
        }
        return newest();
    }

    private String newest() {
        return "frame " + frames + " " + newestNanoTime;
    }
}
