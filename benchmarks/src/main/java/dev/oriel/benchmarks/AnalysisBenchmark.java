package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import dev.oriel.cache.AnalysisCache;
import dev.oriel.cache.AnalysisCacheSettings;
import dev.oriel.cache.AnalysisCacheStats;
import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Fingerprints;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Quality;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The semantic cache: what it costs to look at a picture, and to find it among others that differ in one character. */
final class AnalysisBenchmark implements Benchmark {

    private static final int WARM_UP = 60;
    private static final int LOOKS = 100;
    private static final int SEARCHES = 15;
    private static final List<Integer> ENTRIES = List.of(1_000, 10_000);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String OLDEST = "the oldest";
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;

    @Override
    public String name() {
        return "analysis";
    }

    @Override
    public String description() {
        return "the semantic cache: a fingerprint of a screen, an answer found by bytes, and among 1000 and 10,000";
    }

    @Override
    public List<Program> programs() {
        return List.of(new Program("Xvfb", "xvfb"), new Program("cjpeg", "libjpeg-turbo-progs"));
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        Map<String, String> machine;
        try (VirtualScreen screen = VirtualScreen.start(workplace.children())) {
            machine = Machine.describe(workplace, screen);
        }
        DrawnScreen drawn = new DrawnScreen();
        try (CaptureEngine engine = CaptureEngine.start(
                List.of(drawn), FrameMemory.onHeap(1 << 25), CaptureSettings.defaults(), Clock.systemUTC())) {
            List<Figure> figures = new ArrayList<>(looking(workplace, engine));
            for (int entries : ENTRIES) {
                figures.addAll(searching(workplace, drawn, engine, entries));
            }
            return new Report(name(), machine, figures);
        }
    }

    private static Frame capture(CaptureEngine engine, Quality quality, int reduction) {
        CaptureTarget target = new CaptureTarget(DrawnScreen.SPACE, Set.of(quality), Duration.ZERO);
        return Objects.requireNonNull(engine.frames(Flux.just(new CaptureSchedule(List.of(target), reduction)))
                .blockFirst(LONGEST));
    }

    private static List<Figure> looking(Workplace workplace, CaptureEngine engine) {
        workplace.progress().accept("fingerprints");
        try (Frame frame = capture(engine, Quality.OPTIMIZED, 0);
                Fingerprints fingerprints = Fingerprints.open(Optional.empty(), List.of())) {
            Samples looks = nanos(LOOKS, () -> fingerprints.of(frame));
            Samples keys = nanos(LOOKS, () -> fingerprints.keyOf(frame));
            String detail = "1920x1080, " + frame.sizeBytes() / 1024 + " KiB; n = " + LOOKS + ", p99 %.2f";
            return List.of(
                    new Figure(
                            "fingerprint",
                            "CPU of a fingerprint, p50",
                            looks.median() / MILLIS,
                            "ms",
                            String.format(detail, looks.percentile(99) / MILLIS)),
                    new Figure(
                            "fingerprint.bytes",
                            "size of it",
                            fingerprints.of(frame).sizeBytes() / 1024.0,
                            "KiB",
                            "a window of text on a plain desktop"),
                    new Figure(
                            "key",
                            "CPU of the key of its bytes, p50",
                            keys.median() / MICROS,
                            "us",
                            String.format(detail, keys.percentile(99) / MICROS)));
        }
    }

    /** Half the size, so that ten thousand fit this process; all entries but the oldest differ from the picture asked. */
    private static List<Figure> searching(Workplace workplace, DrawnScreen drawn, CaptureEngine engine, int entries) {
        workplace.progress().accept("answers about " + entries + " pictures");
        AnalysisCacheSettings<String> settings =
                AnalysisCacheSettings.ofTexts().withBudgetBytes(1L << 30).withTtl(Duration.ofHours(1));
        try (AnalysisCache<String> cache = AnalysisCache.open(settings, Schedulers.immediate(), System::nanoTime);
                Fingerprints fingerprints = Fingerprints.open(Optional.empty(), List.of())) {
            Random random = new Random(7);
            Frame first = capture(engine, Quality.FAST, 0);
            ask(cache, first, OLDEST);
            List<Double> misses = new ArrayList<>();
            while (cache.stats().entries() < entries) {
                int line = random.nextInt(DrawnScreen.LINES);
                int column = random.nextInt(DrawnScreen.TEXT_COLUMNS, DrawnScreen.COLUMNS);
                long before = drawn.change(line, column);
                try (Frame other = capture(engine, Quality.FAST, 0)) {
                    long start = cpuNanos();
                    ask(cache, other, "another");
                    misses.add((double) (cpuNanos() - start));
                }
                drawn.restore(line, column, before);
            }
            Samples exact = nanos(LOOKS, () -> ask(cache, first, OLDEST));
            Samples looks = nanos(LOOKS, () -> fingerprints.of(first));
            first.close();
            List<Double> searches = new ArrayList<>();
            for (int reduction = 1; reduction <= SEARCHES; reduction++) {
                try (Frame again = capture(engine, Quality.FAST, reduction)) {
                    long start = cpuNanos();
                    String found = ask(cache, again, "none");
                    searches.add((double) (cpuNanos() - start));
                    if (!found.equals(OLDEST)) {
                        throw new BenchmarkFailedException("found the answer about " + found + " picture");
                    }
                }
            }
            AnalysisCacheStats stats = cache.stats();
            double search = new Samples(searches).median() - looks.median();
            List<Double> last = misses.subList(misses.size() - LOOKS, misses.size());
            double miss = new Samples(last).median() - looks.median();
            String among = "among " + entries + ", 960x540, " + stats.chargedBytes() / entries / 1024 + " KiB each";
            return List.of(
                    new Figure(
                            "found.bytes." + entries,
                            "CPU of an answer found by bytes, p50",
                            exact.median() / MICROS,
                            "us",
                            among),
                    new Figure(
                            "told.apart." + entries,
                            "CPU of a search that finds nothing, p50",
                            miss / MICROS,
                            "us",
                            among + ", each different in one character"),
                    new Figure(
                            "found.alike." + entries,
                            "CPU of a search in another JPEG quality, p50",
                            search / MICROS,
                            "us",
                            among + ", the last one compared is found"));
        }
    }

    private static String ask(AnalysisCache<String> cache, Frame frame, String answer) {
        return Objects.requireNonNull(
                cache.ask(frame, "what is there?", held -> Mono.just(answer)).block(LONGEST));
    }

    /** All is done on this thread, so that other load counts little. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Samples nanos(int times, Supplier<?> work) {
        for (int round = 0; round < WARM_UP; round++) {
            Objects.requireNonNull(work.get());
        }
        List<Double> nanos = new ArrayList<>();
        for (int round = 0; round < times; round++) {
            long start = cpuNanos();
            Objects.requireNonNull(work.get());
            nanos.add((double) (cpuNanos() - start));
        }
        return new Samples(nanos);
    }
}
