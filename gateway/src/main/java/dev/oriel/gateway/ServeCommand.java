package dev.oriel.gateway;

import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.Space;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensors;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;

/** The main job: captures, and serves the dashboard, the feed and the API until it is stopped. */
@Command(name = "serve", description = "Watches all spaces and serves the dashboard, the feed and the API.")
final class ServeCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofMillis(1800);

    private final CommandContext context;

    @Option(
            names = "--pressure",
            paramLabel = "LEVEL|FILE",
            description =
                    "Fixes the pressure level (GREEN, YELLOW, RED), or plays a file with lines such as \"10 RED\".")
    private @Nullable String pressure;

    @Option(
            names = "--allow-simulation",
            description =
                    "Lets clients simulate a pressure level with POST /api/pressure/simulate?level=RED&seconds=10.")
    private boolean allowSimulation;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = context.settings();
        PressureSensor sensor = sensor(settings);
        List<ScreenSource> sources = sources(settings, sensor);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stop, stopped), "oriel-stop");
        try (Oriel oriel = Oriel.start(settings, sources, sensor, Clock.systemUTC());
                HttpGateway gateway = bind(settings, oriel)) {
            Runtime.getRuntime().addShutdownHook(hook);
            List<Space> spaces = oriel.spaceLists().blockFirst(LONGEST_START);
            int count = spaces == null ? 0 : spaces.size();
            context.print(
                    "Oriel is watching " + count + (count == 1 ? " space" : " spaces") + " at " + gateway.address());
            Disposable rehearsal = Rehearsal.play(oriel.levels())
                    .subscribe(
                            done -> {},
                            failed -> log.warn("what is done when memory becomes short was not rehearsed", failed));
            stop.await();
            rehearsal.dispose();
        } finally {
            stopped.countDown();
        }
        return Main.OK;
    }

    private PressureSensor sensor(Settings settings) {
        PressureSensor sensor =
                pressure == null ? PressureSensors.system(settings.ownSensor()) : PressureScript.sensor(pressure);
        return allowSimulation ? PressureSensors.simulable(sensor) : sensor;
    }

    /* Until Oriel owns the sensor, whatever fails has to close it. */
    private static List<ScreenSource> sources(Settings settings, PressureSensor sensor) {
        try {
            return Sources.choose(settings);
        } catch (RuntimeException e) {
            sensor.close();
            throw e;
        }
    }

    private static HttpGateway bind(Settings settings, Oriel oriel) {
        try {
            return HttpGateway.bind(settings, oriel, Clock.systemUTC(), Schedulers.parallel());
        } catch (ChannelBindException e) {
            throw new CommandFailedException("cannot listen on port " + settings.port() + " of " + settings.host()
                    + " (" + reason(e) + "); choose another with " + Setting.ORIEL_PORT.option() + " or "
                    + Setting.ORIEL_HOST.option());
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /* A source that hangs in the system must not hold up the end of the process. */
    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(Main.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
