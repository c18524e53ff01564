package dev.oriel.gateway;

import dev.oriel.optimizer.PressurePolicy;
import dev.oriel.pressure.PressureSensor;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureSensors;
import dev.oriel.pressure.PressureStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** Prints what the sensors say, the level, and what is recommended. */
@Command(name = "pressure", description = "Prints what the sensors say, the level, and what is recommended.")
final class PressureCommand implements Callable<Integer> {

    /** Stalls are judged between two looks, so there are two. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final CommandContext context;

    @Option(
            names = "--watch",
            description = "Goes on until it is stopped, and prints again what the sensors say when that changes.")
    private boolean watch;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    PressureCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings();
        PressurePolicy policy = new PressurePolicy(settings.pressure());
        PressureSensorSettings looks = settings.sensor().withInterval(watch ? settings.checkInterval() : BETWEEN_LOOKS);
        try (PressureSensor sensor = PressureSensors.system(looks)) {
            Flux<PressureStatus> statuses =
                    watch ? sensor.statuses() : sensor.statuses().skip(1).take(1);
            statuses.map(status -> PressureView.of(Optional.of(status), policy.planFor(status.level())))
                    .doOnNext(this::print)
                    .blockLast();
        }
        return Main.OK;
    }

    private void print(PressureView view) {
        if (json) {
            context.print(watch ? Json.text(view) : Json.pretty(view));
            return;
        }
        context.print(view.level() + ": " + view.plan().inWords());
        view.sources()
                .forEach(source -> context.print(
                        String.format("  %-13s %-7s %s", source.name(), source.level(), source.evidence())));
        view.absent().forEach(reason -> context.print("  absent: " + reason));
    }
}
