package dev.oriel.benchmarks;

import dev.oriel.benchmarks.simulator.HitRatios;
import dev.oriel.benchmarks.simulator.HitRatios.Kind;
import dev.oriel.benchmarks.simulator.HitRatios.Result;
import dev.oriel.benchmarks.simulator.SessionFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The hit ratios of the simulator, as figures with targets for the agent's trace and as a table for each trace. */
final class HitTables {

    private static final String AGENT = "agent";
    private static final double LEAST_OF_OPTIMUM = 97;
    private static final double LEAST_HITS = 60;
    private static final double PERCENT = 100;

    private final List<Result> results;

    private HitTables(List<Result> results) {
        this.results = results;
    }

    static HitTables measure(Workplace workplace) throws IOException {
        return new HitTables(HitRatios.measure(SessionFile.recorded(), workplace.progress()));
    }

    List<Figure> figures() {
        Result agent = results.stream()
                .filter(result -> result.trace().equals(AGENT))
                .findFirst()
                .orElseThrow();
        List<Figure> figures = new ArrayList<>();
        for (int megabytes : HitRatios.MEGABYTES) {
            String id = "hits.agent." + megabytes;
            String name = "agent's hits at " + megabytes + " MB";
            double ours = agent.ratio(Kind.OURS, megabytes) * PERCENT;
            double bound = agent.ratio(Kind.BOUND_SHARED, megabytes) * PERCENT;
            double farthest = agent.ratio(Kind.FARTHEST_SHARED, megabytes) * PERCENT;
            figures.add(new Figure(id, name, ours, "%", "").atLeast(LEAST_HITS));
            figures.add(new Figure(
                            id + ".optimum",
                            name + ", of the offline optimum",
                            ours / bound * PERCENT,
                            "%",
                            format(
                                    "the optimum lies from %.2f to %.2f %%; measured against the upper end",
                                    farthest, bound))
                    .atLeast(LEAST_OF_OPTIMUM));
        }
        int first = HitRatios.MEGABYTES.get(0);
        figures.add(new Figure(
                "hits.agent.replaced",
                "agent's hits of the system replaced, as meant",
                agent.ratio(Kind.REPLACED, first) * PERCENT,
                "%",
                format("right pictures %.2f %%", agent.ratio(Kind.REPLACED_TRUE, first) * PERCENT)));
        for (Result result : results) {
            figures.add(worst(result, Kind.LRU));
            figures.add(worst(result, Kind.LRU_TTL));
            figures.add(worst(result, Kind.CAFFEINE));
        }
        return figures;
    }

    /** How much more we hit than another policy, at the size where that is least. */
    private static Figure worst(Result result, Kind other) {
        double least = HitRatios.MEGABYTES.stream()
                .mapToDouble(megabytes -> result.ratio(Kind.OURS, megabytes) - result.ratio(other, megabytes))
                .min()
                .orElseThrow();
        return new Figure(
                        "hits." + result.trace() + "." + other.name().toLowerCase(Locale.ROOT),
                        result.trace() + ", ours less " + other.label(),
                        least * PERCENT,
                        "points",
                        "at the worst of the three sizes")
                .atLeast(0);
    }

    List<Report.Table> tables() {
        return results.stream().map(HitTables::table).toList();
    }

    private static Report.Table table(Result result) {
        String title = format(
                "hits in %% on the trace \"%s\": %d requests, %d of them back in time; %.2f GiB of pictures, %.2f GiB of stripes",
                result.trace(), result.requests(), result.lookBacks(), result.gigabytes(), result.sharedGigabytes());
        List<String> columns = Stream.concat(
                        Stream.of("cache"), HitRatios.MEGABYTES.stream().map(megabytes -> megabytes + " MB"))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            rows.add(Stream.concat(
                            Stream.of(kind.label()),
                            HitRatios.MEGABYTES.stream()
                                    .map(megabytes -> format("%.2f", result.ratio(kind, megabytes) * PERCENT)))
                    .toList());
        }
        return new Report.Table(title, columns, rows);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
