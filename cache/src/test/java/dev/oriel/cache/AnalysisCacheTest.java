package dev.oriel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.capture.Area;
import dev.oriel.capture.DrawnFrames;
import dev.oriel.capture.Eventually;
import dev.oriel.capture.Frame;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.SpaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class AnalysisCacheTest {

    private static final SpaceId A = new SpaceId("a");
    private static final SpaceId B = new SpaceId("b");
    private static final String QUESTION = "what is it?";
    private static final int SIDE = 96;
    private static final AnalysisCacheSettings<String> SETTINGS = AnalysisCacheSettings.ofTexts();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicInteger calls = new AtomicInteger();
    private final List<AnalysisCache<String>> opened = new ArrayList<>();
    private final FrameCache frames = FrameCache.open(FrameCacheSettings.defaults(), new ManualClock());
    private final AnalysisCache<String> cache = open(SETTINGS);

    private AnalysisCache<String> open(AnalysisCacheSettings<String> settings) {
        return open(settings, Schedulers.immediate());
    }

    private AnalysisCache<String> open(AnalysisCacheSettings<String> settings, Scheduler scheduler) {
        AnalysisCache<String> made = AnalysisCache.open(settings, scheduler, nanos::get);
        opened.add(made);
        return made;
    }

    /** Each frame is freed, whatever became of the question. */
    @AfterEach
    void nothingIsLeft() {
        for (AnalysisCache<String> each : opened) {
            assertThat(each.stats().running()).isZero();
            each.close();
            assertThat(each.stats().entries()).isZero();
            assertThat(each.stats().chargedBytes()).isZero();
        }
        assertThat(frames.stats().chargedBytes()).isZero();
        frames.close();
    }

    private Frame frame(SpaceId space, int color, int percent) {
        return DrawnFrames.of(frames.memory(), space, Pixels.flat(SIDE, SIDE, color), percent);
    }

    private Frame frame(int color) {
        return frame(A, color, 85);
    }

    /** Asks and lets go of the picture at once. */
    private Mono<String> ask(AnalysisCache<String> asked, Frame picture, Mono<String> answer) {
        Mono<String> asking = asked.ask(picture, QUESTION, held -> {
            calls.incrementAndGet();
            return answer;
        });
        Sinks.One<String> result = Sinks.one();
        asking.subscribe(result::tryEmitValue, result::tryEmitError, result::tryEmitEmpty);
        picture.close();
        return result.asMono();
    }

    private String answered(AnalysisCache<String> asked, Frame picture, String answer) {
        return ask(asked, picture, Mono.just(answer)).block(Duration.ZERO);
    }

    @Test
    void knowsTheSamePictureAgainInAnySpace() {
        assertThat(answered(cache, frame(A, 0x202020, 85), "grey")).isEqualTo("grey");
        assertThat(answered(cache, frame(B, 0x202020, 85), "other")).isEqualTo("grey");
        assertThat(calls).hasValue(1);
        assertThat(cache.stats().exactHits()).isEqualTo(1);
        assertThat(cache.stats().misses()).isEqualTo(1);
    }

    @Test
    void knowsAPictureThatLooksTheSameAndTheNextTimeByItsBytes() {
        answered(cache, frame(A, 0x202020, 85), "grey");
        assertThat(answered(cache, frame(A, 0x222222, 60), "other")).isEqualTo("grey");
        assertThat(cache.stats().similarHits()).isEqualTo(1);
        assertThat(answered(cache, frame(A, 0x222222, 60), "other")).isEqualTo("grey");
        assertThat(cache.stats().exactHits()).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }

    @Test
    void asksAnewAboutAnotherPictureQuestionOrSize() {
        answered(cache, frame(0x202020), "grey");
        assertThat(answered(cache, frame(0x404040), "lighter")).isEqualTo("lighter");
        try (Frame same = frame(0x202020);
                Frame other = DrawnFrames.of(frames.memory(), A, Pixels.flat(SIDE, SIDE + 8, 0x202020), 85)) {
            assertThat(cache.ask(same, "which colour?", held -> Mono.just("#202020"))
                            .block(Duration.ZERO))
                    .isEqualTo("#202020");
            assertThat(cache.ask(other, QUESTION, held -> Mono.just("higher")).block(Duration.ZERO))
                    .isEqualTo("higher");
        }
        assertThat(cache.stats().misses()).isEqualTo(4);
        assertThat(cache.stats().entries()).isEqualTo(4);
    }

    @Test
    void remembersOnlyTheNewestPicturesByTheirBytes() {
        answered(cache, frame(A, 0x808080, 85), "grey");
        for (int percent = 60; percent < 60 + 3 * Analysis.MOST_KEYS; percent++) {
            answered(cache, frame(A, 0x818181, percent), "other");
        }
        long similar = cache.stats().similarHits();
        assertThat(similar).isPositive();
        answered(cache, frame(A, 0x808080, 85), "other");
        assertThat(calls).hasValue(1);
        assertThat(cache.stats().entries()).isEqualTo(1);
    }

    @Test
    void doesNotLookAtAClock() {
        AnalysisCache<String> blind = open(SETTINGS.withIgnored(List.of(new Area(64, 0, 32, 16))));
        answered(blind, clock(0x000000, 0), "idle");
        assertThat(answered(blind, clock(0xFFFFFF, 0), "other")).isEqualTo("idle");
        assertThat(answered(blind, clock(0xFFFFFF, 0x303030), "busy")).isEqualTo("busy");
        assertThat(answered(cache, clock(0x000000, 0), "idle")).isEqualTo("idle");
        assertThat(answered(cache, clock(0xFFFFFF, 0), "other")).isEqualTo("other");
    }

    @Test
    void looksAtTheRegionOfInterest() {
        AnalysisCache<String> clockOnly = open(SETTINGS.withRegion(new Area(64, 0, 32, 16)));
        answered(clockOnly, clock(0x000000, 0), "noon");
        assertThat(answered(clockOnly, clock(0x000000, 0x303030), "other")).isEqualTo("noon");
        assertThat(answered(clockOnly, clock(0xFFFFFF, 0), "night")).isEqualTo("night");
    }

    /** A clock in one corner, something else in the middle. */
    private Frame clock(int color, int middle) {
        Pixels pixels = Pixels.flat(SIDE, SIDE, 0x808080);
        for (int y = 0; y < 12; y++) {
            Arrays.fill(pixels.colors(), y * SIDE + 68, y * SIDE + 90, color);
        }
        for (int y = 40; y < 52; y++) {
            Arrays.fill(pixels.colors(), y * SIDE + 40, y * SIDE + 52, middle);
        }
        return DrawnFrames.of(frames.memory(), A, pixels, 85);
    }

    @Test
    void isColdAndHoldsTheFrameOnlyWhileItAsks() {
        Frame picture = frame(0x202020);
        Mono<String> asking = cache.ask(picture, QUESTION, held -> Mono.just("grey"));
        assertThat(cache.stats().misses()).isZero();
        assertThat(asking.block(Duration.ZERO)).isEqualTo("grey");
        assertThat(asking.block(Duration.ZERO)).isEqualTo("grey");
        picture.close();
        StepVerifier.create(asking).verifyError(IllegalStateException.class);
        assertThat(frames.stats().chargedBytes()).isZero();
    }

    @Test
    void holdsTheFrameForTheCallUntilItEnds() {
        Sinks.One<String> answer = Sinks.one();
        Frame picture = frame(0x202020);
        Mono<String> result = ask(cache, picture, answer.asMono());
        assertThat(frames.stats().chargedBytes()).isPositive();
        assertThat(cache.stats().running()).isEqualTo(1);
        answer.tryEmitValue("grey");
        assertThat(result.block(Duration.ZERO)).isEqualTo("grey");
        assertThat(frames.stats().chargedBytes()).isZero();
    }

    @Test
    void runsOneCallForAllWhoAskTheSame() {
        Sinks.One<String> answer = Sinks.one();
        List<Mono<String>> results = List.of(
                ask(cache, frame(A, 0x202020, 85), answer.asMono()),
                ask(cache, frame(B, 0x202020, 85), answer.asMono()),
                ask(cache, frame(A, 0x222222, 60), answer.asMono()));
        assertThat(cache.stats().joined()).isEqualTo(2);
        answer.tryEmitValue("grey");
        assertThat(results)
                .allSatisfy(result -> assertThat(result.block(Duration.ZERO)).isEqualTo("grey"));
        assertThat(calls).hasValue(1);
    }

    @Test
    void goesOnWhenOneOfTwoGivesUp() {
        Sinks.One<String> answer = Sinks.one();
        AtomicInteger cancelled = new AtomicInteger();
        Mono<String> call = answer.asMono().doOnCancel(cancelled::incrementAndGet);
        try (Frame picture = frame(0x202020)) {
            Disposable first = cache.ask(picture, QUESTION, held -> call).subscribe();
            Mono<String> second = ask(cache, frame(0x202020), call);
            first.dispose();
            assertThat(cancelled).hasValue(0);
            answer.tryEmitValue("grey");
            assertThat(second.block(Duration.ZERO)).isEqualTo("grey");
        }
        assertThat(cache.stats().abandoned()).isZero();
    }

    @Test
    void cancelsTheCallWhenNobodyWaits() {
        AtomicInteger cancelled = new AtomicInteger();
        Mono<String> call = Mono.<String>never().doOnCancel(cancelled::incrementAndGet);
        Frame picture = frame(0x202020);
        Disposable first = cache.ask(picture, QUESTION, held -> call).subscribe();
        Disposable second = cache.ask(picture, QUESTION, held -> call).subscribe();
        picture.close();
        first.dispose();
        first.dispose();
        assertThat(frames.stats().chargedBytes()).isPositive();
        second.dispose();
        assertThat(cancelled).hasValue(1);
        assertThat(frames.stats().chargedBytes()).isZero();
        assertThat(cache.stats().abandoned()).isEqualTo(1);
        assertThat(answered(cache, frame(0x202020), "grey")).isEqualTo("grey");
    }

    @Test
    void givesTheFrameBackWhenCancelledBeforeAnybodyLooked() {
        List<Runnable> later = new ArrayList<>();
        AnalysisCache<String> waiting = open(SETTINGS, Schedulers.fromExecutor(later::add));
        Frame picture = frame(0x202020);
        Disposable asking =
                waiting.ask(picture, QUESTION, held -> Mono.just("grey")).subscribe();
        picture.close();
        assertThat(frames.stats().chargedBytes()).isPositive();
        asking.dispose();
        assertThat(frames.stats().chargedBytes()).isZero();
        assertThat(later).hasSize(1).allSatisfy(Runnable::run);
        assertThat(waiting.stats().misses()).isZero();
    }

    @Test
    @Timeout(20)
    void holdsTheFrameUntilTheFunctionReturnsEvenIfNobodyWaits() throws InterruptedException {
        AnalysisCache<String> busy = open(SETTINGS, Schedulers.boundedElastic());
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        Frame picture = frame(0x202020);
        Disposable asking = busy.ask(picture, QUESTION, held -> {
                    entered.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        return Mono.error(e);
                    }
                    read.set(held.toByteArray().length);
                    return Mono.just("late");
                })
                .subscribe();
        picture.close();
        entered.await();
        asking.dispose();
        assertThat(frames.stats().chargedBytes()).isPositive();
        goOn.countDown();
        Eventually.until("the frame is free", () -> frames.stats().chargedBytes() == 0);
        assertThat(read).hasValue(picture.sizeBytes());
        assertThat(busy.stats().entries()).isZero();
    }

    @Test
    void givesTheFrameBackWhenTheSchedulerIsGone() {
        Scheduler gone = Schedulers.newSingle("gone");
        gone.dispose();
        AnalysisCache<String> stuck = open(SETTINGS, gone);
        StepVerifier.create(ask(stuck, frame(0x202020), Mono.just("grey")))
                .verifyError(RejectedExecutionException.class);
    }

    @Test
    void tellsAllWhoWaitOfAnErrorAndDoesNotKeepIt() {
        Sinks.One<String> answer = Sinks.one();
        List<Mono<String>> results =
                List.of(ask(cache, frame(0x202020), answer.asMono()), ask(cache, frame(0x202020), answer.asMono()));
        answer.tryEmitError(new IllegalStateException("no model"));
        assertThat(results).allSatisfy(result -> StepVerifier.create(result).verifyErrorMessage("no model"));
        assertThat(answered(cache, frame(0x202020), "grey")).isEqualTo("grey");
        assertThat(cache.stats().failures()).isEqualTo(1);
    }

    @Test
    void tellsAllWhoWaitOfNoAnswerAndDoesNotKeepIt() {
        Sinks.One<String> answer = Sinks.one();
        List<Mono<String>> results =
                List.of(ask(cache, frame(0x202020), answer.asMono()), ask(cache, frame(0x202020), answer.asMono()));
        answer.tryEmitEmpty();
        assertThat(results).allSatisfy(result -> StepVerifier.create(result).verifyComplete());
        assertThat(cache.stats().entries()).isZero();
        assertThat(answered(cache, frame(0x202020), "grey")).isEqualTo("grey");
    }

    @Test
    void passesOnWhatTheFunctionOrTheWeigherThrows() {
        Function<Frame, Mono<String>> broken = held -> {
            throw new UnsupportedOperationException("broken");
        };
        try (Frame picture = frame(0x202020)) {
            StepVerifier.create(cache.ask(picture, QUESTION, broken)).verifyErrorMessage("broken");
        }
        AnalysisCache<String> weightless = open(AnalysisCacheSettings.defaults(text -> -1));
        StepVerifier.create(ask(weightless, frame(0x202020), Mono.just("grey")))
                .verifyErrorMessage("the weigher must give 0 or more, gave -1");
        assertThat(weightless.stats().failures()).isEqualTo(1);
    }

    @Test
    void forgetsAfterTheTtl() {
        answered(cache, frame(0x202020), "old");
        nanos.addAndGet(SETTINGS.ttl().toNanos() - 1);
        assertThat(answered(cache, frame(0x202020), "new")).isEqualTo("old");
        nanos.addAndGet(1);
        assertThat(answered(cache, frame(0x202020), "new")).isEqualTo("new");
        assertThat(cache.stats().expired()).isEqualTo(1);
        assertThat(cache.stats().entries()).isEqualTo(1);
    }

    @Test
    void keepsWhatWasUsedLastWithinTheBudget() {
        answered(cache, frame(0x000000), "0");
        long one = cache.stats().chargedBytes();
        AnalysisCache<String> small = open(SETTINGS.withBudgetBytes(3 * one));
        for (int grey = 0; grey < 3; grey++) {
            answered(small, frame(grey * 0x202020), Integer.toString(grey));
        }
        assertThat(small.stats().chargedBytes()).isEqualTo(3 * one);
        answered(small, frame(0x000000), "again");
        answered(small, frame(3 * 0x202020), "3");
        assertThat(small.stats().evictions()).isEqualTo(1);
        assertThat(small.stats().chargedBytes()).isEqualTo(3 * one);
        assertThat(answered(small, frame(0x000000), "anew")).isEqualTo("0");
        assertThat(answered(small, frame(0x202020), "anew")).isEqualTo("anew");
    }

    @Test
    void shrinksAtOnce() {
        for (int grey = 0; grey < 4; grey++) {
            answered(cache, frame(grey * 0x202020), Integer.toString(grey));
        }
        long all = cache.stats().chargedBytes();
        cache.resize(all / 2);
        assertThat(cache.stats().entries()).isEqualTo(2);
        assertThat(cache.stats().evictions()).isEqualTo(2);
        assertThat(cache.stats().chargedBytes()).isEqualTo(all / 2);
        cache.resize(all);
        assertThat(answered(cache, frame(3 * 0x202020), "anew")).isEqualTo("3");
        assertThat(answered(cache, frame(0x000000), "anew")).isEqualTo("anew");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.resize(0));
    }

    @Test
    void givesAnAnswerThatIsTooHeavyAndDoesNotKeepIt() {
        String heavy = "x".repeat(32 * 1024);
        AnalysisCache<String> small = open(SETTINGS.withBudgetBytes(64 * 1024));
        assertThat(answered(small, frame(0x202020), "light")).isEqualTo("light");
        assertThat(answered(small, frame(0x404040), heavy)).isEqualTo(heavy);
        assertThat(small.stats().tooHeavy()).isEqualTo(1);
        assertThat(small.stats().entries()).as("the light one stays").isEqualTo(1);
    }

    @Test
    void tellsThoseWhoWaitWhenItCloses() {
        AtomicInteger cancelled = new AtomicInteger();
        Mono<String> result = ask(cache, frame(0x202020), Mono.<String>never().doOnCancel(cancelled::incrementAndGet));
        answered(cache, frame(0x404040), "lighter");
        cache.close();
        cache.close();
        assertThat(cancelled).hasValue(1);
        StepVerifier.create(result).verifyErrorMessage("the analysis cache was closed");
        StepVerifier.create(ask(cache, frame(0x202020), Mono.just("grey"))).verifyError(IllegalStateException.class);
    }

    @Test
    @Timeout(60)
    void manyThreadsAskAtOnceAndEachPictureIsAskedAboutOnce() throws InterruptedException {
        int threads = 8;
        int pictures = 12;
        AnalysisCache<String> shared = open(SETTINGS, Schedulers.boundedElastic());
        ConcurrentHashMap<Integer, AtomicInteger> callsOf = new ConcurrentHashMap<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        CyclicBarrier together = new CyclicBarrier(threads);
        CountDownLatch done = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            Random random = new Random(thread);
            new Thread(() -> {
                        try {
                            together.await(20, TimeUnit.SECONDS);
                            for (int round = 0; round < 60; round++) {
                                int picture = random.nextInt(pictures);
                                int percent = random.nextBoolean() ? 85 : 70;
                                try (Frame asked = frame(A, picture * 0x141414, percent)) {
                                    String got = shared.ask(asked, QUESTION, held -> {
                                                callsOf.computeIfAbsent(picture, any -> new AtomicInteger())
                                                        .incrementAndGet();
                                                return Mono.delay(Duration.ofMillis(2))
                                                        .map(late -> Integer.toString(picture));
                                            })
                                            .block(Duration.ofSeconds(20));
                                    if (!Integer.toString(picture).equals(got)) {
                                        wrong.add(picture + " gave " + got);
                                    }
                                }
                            }
                        } catch (Exception e) {
                            wrong.add(e.toString());
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(callsOf)
                .hasSize(pictures)
                .allSatisfy((picture, count) -> assertThat(count).hasValue(1));
    }

    @Test
    @Timeout(60)
    void leavesNothingBehindWhenManyComeGoAndFailWhileItShrinksAndGrows() throws InterruptedException {
        int threads = 6;
        AnalysisCache<String> shared = open(SETTINGS, Schedulers.boundedElastic());
        List<String> wrong = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            Random random = new Random(thread);
            new Thread(() -> {
                        try {
                            for (int round = 0; round < 150; round++) {
                                askAndPerhapsLeave(shared, random, wrong);
                                shared.resize(1 + random.nextInt(40_000));
                                AnalysisCacheStats stats = shared.stats();
                                if (stats.chargedBytes() > stats.budgetBytes()) {
                                    wrong.add("over the budget: " + stats);
                                }
                            }
                        } catch (RuntimeException e) {
                            wrong.add(e.toString());
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
        Eventually.until("all calls end", () -> shared.stats().running() == 0);
        Eventually.until("all frames are free", () -> frames.stats().chargedBytes() == 0);
        assertThat(wrong).isEmpty();
    }

    private void askAndPerhapsLeave(AnalysisCache<String> shared, Random random, List<String> wrong) {
        int picture = random.nextInt(6);
        String own = Integer.toString(picture);
        Mono<String> call = switch (random.nextInt(4)) {
            case 0 -> Mono.just(own);
            case 1 -> Mono.delay(Duration.ofNanos(random.nextInt(2_000_000))).map(late -> own);
            case 2 -> Mono.error(new IllegalStateException("by chance"));
            default -> Mono.<String>never().timeout(Duration.ofMillis(5), Mono.empty());
        };
        try (Frame asked = frame(A, picture * 0x282828, 85)) {
            Disposable asking = shared.ask(asked, QUESTION, held -> call)
                    .subscribe(
                            got -> {
                                if (!own.equals(got)) {
                                    wrong.add(picture + " gave " + got);
                                }
                            },
                            error -> {});
            if (random.nextBoolean()) {
                asking.dispose();
            }
        }
    }
}
