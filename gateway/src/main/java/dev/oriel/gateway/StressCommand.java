package dev.oriel.gateway;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.FrameMemory.ExhaustedException;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureReading;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureSensors;
import dev.oriel.pressure.PressureStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** Takes memory step by step and gives it back at the end: real memory pressure. */
@Command(
        name = "stress",
        description = "Takes memory step by step, keeps it for a while and gives it back: real memory pressure.")
final class StressCommand implements Callable<Integer> {

    private static final Duration LONGEST_FIRST_LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(10);

    private final CommandContext context;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<PressureStatus> status = Optional.empty();

    @Option(names = "--megabytes", paramLabel = "MB", description = "How much to take in all. [4096]")
    private String megabytes = "4096";

    @Option(names = "--step", paramLabel = "MB", description = "How much to take at once. [100]")
    private String step = "100";

    @Option(names = "--interval", paramLabel = "SECONDS", description = "From one step to the next. [1]")
    private String interval = "1";

    @Option(names = "--hold", paramLabel = "SECONDS", description = "How long to keep it when all is taken. [10]")
    private String hold = "10";

    @Option(names = "--force", description = "Takes it even if that is more than the machine can lose.")
    private boolean force;

    StressCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        StressPlan plan = StressPlan.parse(megabytes, step, interval, hold);
        if (!force) {
            SpareMemory.of(look()).refuseMoreThan(plan.megabytes());
        }
        PressureSensorSettings looks = PressureSensorSettings.defaults();
        Duration between = looks.interval().compareTo(plan.interval()) < 0 ? looks.interval() : plan.interval();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "oriel-stop"));
        try (PressureSensor sensor = PressureSensors.system(looks.withInterval(between))) {
            sensor.statuses().subscribe(next -> status = Optional.of(next));
            sensor.statuses().take(1).timeout(LONGEST_FIRST_LOOK, Flux.empty()).blockLast();
            int taken = take(plan, System::nanoTime);
            context.print("released " + taken + " MB");
        } finally {
            stopped.countDown();
        }
        return Main.OK;
    }

    private static PressureReading look() {
        return PressureSensors.probe(PressureSensorSettings.defaults());
    }

    /** Returns how many megabytes it took; they are given back by then. */
    private int take(StressPlan plan, LongSupplier nanoTime) throws InterruptedException {
        FrameCacheSettings room =
                FrameCacheSettings.defaults().withBudgetBytes(plan.megabytes() * Ballast.MOST_CHARGED_BYTES);
        try (FrameCache cache = FrameCache.open(room, Clock.systemUTC());
                Ballast ballast = new Ballast(cache.memory(), nanoTime.getAsLong())) {
            long due = nanoTime.getAsLong();
            while (ballast.megabytes() < plan.megabytes()
                    && !stop.await(due - nanoTime.getAsLong(), TimeUnit.NANOSECONDS)) {
                grow(ballast, Math.min(plan.megabytes(), ballast.megabytes() + plan.step()));
                context.print(line(ballast.megabytes(), plan.megabytes()));
                due += plan.interval().toNanos();
            }
            stop.await(plan.hold().toNanos(), TimeUnit.NANOSECONDS);
            return ballast.megabytes();
        }
    }

    private void grow(Ballast ballast, int megabytesThen) {
        try {
            while (ballast.megabytes() < megabytesThen && stop.getCount() > 0) {
                ballast.grow();
            }
        } catch (ExhaustedException e) {
            throw new CommandFailedException("released all again, as after " + ballast.megabytes()
                    + " MB there was no more to be had: " + e.getMessage());
        }
    }

    private String line(int held, int most) {
        return held + " of " + most + " MB held, " + SpareMemory.of(look()).availableMegabytes() + " MB available, "
                + status.map(StressCommand::inWords).orElse("no sensor told anything yet");
    }

    /** The level, and which sensors say so if it is not GREEN. */
    private static String inWords(PressureStatus status) {
        PressureLevel level = status.level().orElse(PressureLevel.GREEN);
        return status.level().map(PressureLevel::name).orElse("UNKNOWN")
                + status.reading().map(PressureReading::sources).orElse(List.of()).stream()
                        .filter(source -> level != PressureLevel.GREEN && source.level() == level)
                        .map(source -> "; " + source.name() + ": " + source.evidence())
                        .collect(Collectors.joining());
    }

    private void stop() {
        stop.countDown();
        try {
            stopped.await(LONGEST_RELEASE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
