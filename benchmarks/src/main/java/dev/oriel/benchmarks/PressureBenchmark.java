package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Memory pressure: how soon it is seen and answered, what the sensor costs, and what the process has resident. */
final class PressureBenchmark implements Benchmark {

    private enum Part {
        RELEASE {
            @Override
            List<Figure> measure(Workplace workplace) throws IOException, InterruptedException {
                return ReleaseRounds.measure(workplace, new ReleaseRounds.Extent(Duration.ofMinutes(4), 100));
            }
        },
        STALL {
            @Override
            List<Figure> measure(Workplace workplace) throws IOException, InterruptedException {
                return StallRounds.measure(workplace, new StallRounds.Extent(Duration.ofMinutes(4), 100));
            }
        },
        SENSOR {
            @Override
            List<Figure> measure(Workplace workplace) throws IOException, InterruptedException {
                return SensorCost.measure(
                        workplace,
                        new SensorCost.Extent(Duration.ofSeconds(45), Duration.ofSeconds(60), Duration.ofSeconds(60)));
            }
        },
        RSS {
            @Override
            List<Figure> measure(Workplace workplace) throws IOException, InterruptedException {
                List<Figure> figures =
                        new ArrayList<>(ResidentAtLevels.measure(workplace, OwnJava.LAUNCHER, Duration.ofMinutes(10)));
                figures.addAll(ResidentAtLevels.measure(workplace, OwnJava.PLAIN, Duration.ofMinutes(1)));
                return figures;
            }
        },
        FLIPS {
            @Override
            List<Figure> measure(Workplace workplace) throws IOException, InterruptedException {
                return FlipDrift.measure(workplace, new FlipDrift.Extent(500, 4, 10_000));
            }
        },
        DELIVERY {
            @Override
            List<Figure> measure(Workplace workplace) throws IOException, InterruptedException {
                return DeliveryDuringShrink.measure(workplace, new DeliveryDuringShrink.Extent(15, 5));
            }
        };

        abstract List<Figure> measure(Workplace workplace) throws IOException, InterruptedException;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Set<Part> chosen;

    PressureBenchmark() {
        this(EnumSet.allOf(Part.class));
    }

    private PressureBenchmark(Set<Part> chosen) {
        this.chosen = chosen;
    }

    @Override
    public String name() {
        return "pressure";
    }

    @Override
    public String description() {
        return "memory pressure: how soon it is seen and given way to, the sensor's cost, the process at each level (an hour)";
    }

    @Override
    public List<String> parts() {
        return Arrays.stream(Part.values()).map(Part::label).toList();
    }

    @Override
    public Benchmark limitedTo(List<String> parts) {
        EnumSet<Part> some = EnumSet.noneOf(Part.class);
        parts.forEach(part -> some.add(Part.valueOf(part.toUpperCase(Locale.ROOT))));
        return new PressureBenchmark(some);
    }

    @Override
    public List<Program> programs() {
        List<Program> programs =
                new ArrayList<>(List.of(new Program("Xvfb", "xvfb"), new Program("cjpeg", "libjpeg-turbo-progs")));
        if (chosen.contains(Part.STALL)) {
            programs.addAll(CompiledProgram.needs());
        }
        return programs;
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        Map<String, String> machine;
        try (VirtualScreen screen = VirtualScreen.start(workplace.children())) {
            machine = Machine.describe(workplace, screen);
        }
        List<Figure> figures = new ArrayList<>();
        for (Part part : chosen) {
            workplace.progress().accept(part.label());
            figures.addAll(part.measure(workplace));
        }
        return new Report(name(), machine, figures);
    }
}
