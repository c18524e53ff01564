package dev.oriel.benchmarks;

import dev.oriel.benchmarks.Programs.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether anything is killed when a second program takes what a full cache holds. */
final class SurvivalBenchmark implements Benchmark {

    private static final int ROUNDS = 100;
    private static final int DISPLAYS = 2;
    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(100);
    private static final int FEWEST_KILLS_OF_FIXED = 95;

    @Override
    public String name() {
        return "survive";
    }

    @Override
    public String description() {
        return "a hog of 880 MB beside a full cache in 1 GiB, " + ROUNDS
                + " rounds with an adaptive and with a fixed budget (an hour)";
    }

    @Override
    public List<Program> programs() {
        List<Program> programs =
                new ArrayList<>(List.of(new Program("Xvfb", "xvfb"), new Program("cjpeg", "libjpeg-turbo-progs")));
        programs.addAll(CompiledProgram.needs());
        return programs;
    }

    @Override
    public Report run(Workplace workplace) throws IOException, InterruptedException {
        try (Fleet fleet = Fleet.start(workplace.children(), DISPLAYS, Wall.photograph());
                HogProgram hog = HogProgram.compile(workplace)) {
            Map<String, String> machine = Machine.describe(workplace, fleet.screen(0));
            Show show = Show.start(fleet, BETWEEN_PICTURES);
            try {
                SurvivalRounds adaptive = SurvivalRounds.play(workplace, fleet, hog, true, ROUNDS);
                SurvivalRounds fixed = SurvivalRounds.play(workplace, fleet, hog, false, ROUNDS);
                List<Figure> figures = new ArrayList<>();
                figures.add(adaptive.kills().atMost(0));
                figures.add(fixed.kills().atLeast(FEWEST_KILLS_OF_FIXED));
                figures.addAll(adaptive.course());
                figures.addAll(fixed.course());
                return new Report(name(), machine, figures);
            } finally {
                show.close();
            }
        }
    }
}
