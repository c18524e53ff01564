package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.SemanticCache;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@link VisionAgent} in a Java of its own, started as {@code ./oriel} is, with a heap that its cache fits into. */
final class AgentProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Pattern READY = Pattern.compile("^ready$");
    private static final Pattern STATS = Pattern.compile("^stats (.+)$");
    private static final long MEGABYTE = 1024 * 1024;

    /* What it takes beside its cache: frames that wait, frames that are asked about, and the program itself. */
    private static final long HEAP_BESIDE_CACHE = 64 * MEGABYTE;

    private final Child child;
    private final ProcessMeter meter;

    private AgentProcess(Child child) {
        this.child = child;
        this.meter = new ProcessMeter(child.pid());
    }

    /** Starts one and waits until it is connected. */
    static AgentProcess start(Workplace workplace, ProfiledServer server, long budgetBytes)
            throws IOException, InterruptedException {
        long heapMegabytes = (budgetBytes + HEAP_BESIDE_CACHE) / MEGABYTE;
        Child child = OwnJava.LAUNCHER.start(
                workplace,
                "the vision agent",
                Map.of("ORIEL_JAVA_OPTIONS", "-Xmx" + heapMegabytes + "m"),
                VisionAgent.class,
                List.of(server.feed("?spaces=*&quality=optimized").toString(), Long.toString(budgetBytes)));
        child.awaitLine(READY, LONGEST_START);
        return new AgentProcess(child);
    }

    /** From now on it asks. */
    void ask() {
        child.tell("ask");
    }

    /** Its memory now. */
    ProcessBytes memory() throws InterruptedException {
        try {
            return ProcessBytes.of(meter.memory());
        } catch (IOException e) {
            throw new BenchmarkFailedException(
                    child.obituary(LONGEST_ANSWER).orElse("the memory of the vision agent cannot be read: " + e));
        }
    }

    /** What its cache holds, and what was found in it. */
    SemanticCache cache() throws InterruptedException {
        child.tell("stats");
        Counters counters = Counters.parse(child.awaitText(STATS, LONGEST_ANSWER));
        if (counters.of("failures") > 0) {
            throw new BenchmarkFailedException(
                    "of the questions to the semantic cache " + counters.of("failures") + " failed");
        }
        return new SemanticCache(
                counters.of("budgetBytes"),
                counters.of("chargedBytes"),
                counters.of("entries"),
                counters.of("asked"),
                counters.of("exactHits"),
                counters.of("similarHits"),
                counters.of("joined"),
                counters.of("misses"));
    }

    @Override
    public void close() {
        child.close();
    }
}
