package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Memory over time at a level, as SVG: a band for each phase, a line for each figure, and the limits. */
final class LevelChart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 320;
    private static final int LEFT = 56;
    private static final int RIGHT = 12;
    private static final int TOP = 44;
    private static final int BOTTOM = 30;
    private static final int LEGEND_STEP = 190;
    private static final int GRID_LINES = 5;
    private static final double HEADROOM = 1.1;

    private final Level level;
    private final List<Sample> samples;
    private final double seconds;
    private final double megabytes;
    private final StringBuilder svg = new StringBuilder();

    LevelChart(Level level) {
        this.level = level;
        this.samples = level.phases().stream()
                .flatMap(phase -> phase.samples().stream())
                .toList();
        this.seconds = Math.max(
                1, samples.stream().mapToDouble(Sample::atSeconds).max().orElse(1));
        long limit = ProfileTargets.SEED.limitBytes(level.level());
        long peak = samples.stream()
                .mapToLong(sample -> Math.max(
                        sample.server().residentBytes(),
                        sample.agent().map(ProcessBytes::proportionalBytes).orElse(0L)))
                .max()
                .orElse(0);
        this.megabytes = HEADROOM * Math.max(limit, peak) / ProcessBytes.MEGABYTE;
    }

    String svg() {
        String id = "chart-" + level.level().name().toLowerCase(Locale.ROOT);
        add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-text\">\n", WIDTH, HEIGHT, id, id);
        add("<title id=\"%s-title\">Memory at %s</title>\n", id, level.level());
        add("<desc id=\"%s-text\">%s</desc>\n", id, ProfilePage.escaped(description()));
        level.phases().forEach(this::band);
        grid();
        for (ProfileTargets target : ProfileTargets.values()) {
            double y = y(target.limitBytes(level.level()) / ProcessBytes.MEGABYTE);
            add("<line class=\"limit\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n", LEFT, y, WIDTH - RIGHT, y);
        }
        line("rss", "server, RSS", 0, sample -> List.of(sample.server().residentBytes()));
        line("pss", "server, PSS", 1, sample -> List.of(sample.server().proportionalBytes()));
        line(
                "agent",
                "agent, PSS",
                2,
                sample -> sample.agent().map(ProcessBytes::proportionalBytes).stream()
                        .toList());
        legend("limit", "targets", 3);
        return svg.append("</svg>\n").toString();
    }

    private String description() {
        return level.phases().stream()
                .map(phase -> phase.name() + ": the server's RSS went from "
                        + ProfileSummary.megabytes(phase.server().resident().startBytes()) + " to "
                        + ProfileSummary.megabytes(phase.server().resident().endBytes()) + " MB, with a peak of "
                        + ProfileSummary.megabytes(phase.server().resident().peakBytes()))
                .collect(Collectors.joining("; "));
    }

    private void band(Phase phase) {
        double from = x(phase.fromSeconds());
        double to = x(phase.fromSeconds() + phase.seconds());
        add(
                "<rect class=\"band\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                from, TOP, to - from, HEIGHT - TOP - BOTTOM);
        add(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                (from + to) / 2, TOP - 8, ProfilePage.escaped(phase.name()));
    }

    private void grid() {
        for (int line = 0; line <= GRID_LINES; line++) {
            double value = megabytes / HEADROOM * line / GRID_LINES;
            add(
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
                    LEFT, y(value), WIDTH - RIGHT, y(value));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f MB</text>\n", LEFT - 6, y(value) + 4, value);
            double time = seconds * line / GRID_LINES;
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>\n", x(time), HEIGHT - 10, time);
        }
    }

    private void line(String style, String name, int number, Function<Sample, List<Long>> values) {
        String points = samples.stream()
                .flatMap(sample -> values.apply(sample).stream()
                        .map(bytes -> String.format(
                                Locale.ROOT, "%.1f,%.1f", x(sample.atSeconds()), y(bytes / ProcessBytes.MEGABYTE))))
                .collect(Collectors.joining(" "));
        if (!points.isEmpty()) {
            add("<polyline class=\"%s\" points=\"%s\"/>\n", style, points);
            legend(style, name, number);
        }
    }

    private void legend(String style, String name, int number) {
        int x = LEFT + number * LEGEND_STEP;
        add("<line class=\"%s\" x1=\"%d\" y1=\"12\" x2=\"%d\" y2=\"12\"/>\n", style, x, x + 36);
        add("<text x=\"%d\" y=\"16\">%s</text>\n", x + 44, name);
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * second / seconds;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / megabytes;
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
