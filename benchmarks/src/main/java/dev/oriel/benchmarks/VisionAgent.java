package dev.oriel.benchmarks;

import dev.oriel.cache.AnalysisCache;
import dev.oriel.cache.AnalysisCacheSettings;
import dev.oriel.cache.AnalysisCacheStats;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.ReceivedFrames;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/*
 * The model is an answer that comes after a while: a real one would take no memory of this process either. What comes
 * while as many questions run as may waits its turn, the newest few of it.
 */
/**
 * An application with a vision agent in it, in a process of its own: a client of the feed that asks an {@link AnalysisCache}
 * about every picture that comes. Says {@code ready} when it is connected, begins when it reads {@code ask}, tells its
 * counters when it reads {@code stats}, and ends with its input.
 */
public final class VisionAgent {

    private static final String QUESTION = "a model: what can be clicked?";
    private static final String ANSWER = "a button, a field and a list; ".repeat(20);
    private static final Duration TIME_OF_MODEL = Duration.ofMillis(300);
    private static final int MOST_QUESTIONS = 8;
    private static final int MOST_WAITING = 8;
    private static final long FRAME_BYTES = 64L << 20;

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Semaphore questions = new Semaphore(MOST_QUESTIONS);
    private final FrameMemory memory = FrameMemory.onHeap(FRAME_BYTES);
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AnalysisCache<String> answers;
    private volatile boolean asking;

    private VisionAgent(long budgetBytes) {
        this.answers = AnalysisCache.open(AnalysisCacheSettings.ofTexts().withBudgetBytes(budgetBytes));
    }

    /**
     * Runs until the input ends.
     *
     * @param arguments the address of the feed with its query, and the bytes that the cache may take
     * @throws Exception if the input cannot be read
     */
    public static void main(String[] arguments) throws Exception {
        VisionAgent agent = new VisionAgent(Long.parseLong(arguments[1]));
        Thread asker = new Thread(agent::askAll, "asker");
        asker.setDaemon(true);
        asker.start();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Optional<String> token = Optional.ofNullable(System.getenv("ORIEL_TOKEN"));
        try (FeedSubscriber feed = FeedSubscriber.taking(URI.create(arguments[0]), token, agent::offer)) {
            out.println("ready");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                feed.requireConnected();
                if (line.equals("ask")) {
                    agent.asking = true;
                } else {
                    out.println("stats " + agent.stats());
                }
            }
        }
    }

    private void offer(byte[] frame) {
        while (asking && !waiting.offer(frame)) {
            waiting.poll();
        }
    }

    private void askAll() {
        try {
            while (true) {
                questions.acquire();
                Optional<Frame> frame = ReceivedFrames.of(memory, waiting.take());
                if (frame.isPresent()) {
                    ask(frame.get());
                } else {
                    questions.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Frame frame) {
        try (frame) {
            asked.incrementAndGet();
            Objects.requireNonNull(answers.ask(
                            frame, QUESTION, held -> Mono.delay(TIME_OF_MODEL).thenReturn(ANSWER))
                    .doFinally(end -> questions.release())
                    .subscribe(answer -> {}, failure -> failures.incrementAndGet()));
        }
    }

    private String stats() {
        AnalysisCacheStats stats = answers.stats();
        return "asked=" + asked + " failures=" + failures + " budgetBytes=" + stats.budgetBytes() + " chargedBytes="
                + stats.chargedBytes() + " entries=" + stats.entries() + " exactHits=" + stats.exactHits()
                + " similarHits=" + stats.similarHits() + " joined=" + stats.joined() + " misses=" + stats.misses();
    }
}
