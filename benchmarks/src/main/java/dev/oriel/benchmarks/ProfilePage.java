package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Level;
import dev.oriel.benchmarks.MemoryProfileReport.Phase;
import dev.oriel.benchmarks.MemoryProfileReport.Target;
import dev.oriel.benchmarks.MemoryProfileReport.Usage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A memory profile as a page that needs nothing else: no script, no font, no picture from elsewhere. */
final class ProfilePage {

    private static final String STYLE = """
            :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #667; --line: #d5d9e0;
              --band: #f2f4f8; --good: #176f3c; --bad: #b3261e; --one: #1f5fbf; --two: #b85c00; --three: #8a3fa0; }
            @media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #e6e9ee; --faint: #9aa3b0;
              --line: #3a414c; --band: #1c2128; --good: #63cf8f; --bad: #ff8a80; --one: #78aaff; --two: #ffae5c;
              --three: #d79bea; } }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
              max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0.5rem 0 1.5rem; }
            th, td { padding: 0.2rem 0.7rem; border-bottom: 1px solid var(--line); text-align: right; }
            th { color: var(--faint); font-weight: 600; }
            .text { text-align: left; }
            caption { text-align: left; color: var(--faint); padding-bottom: 0.3rem; }
            .scroll { overflow-x: auto; }
            .good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
            svg { width: 100%; height: auto; } svg text { fill: var(--faint); font: 12px system-ui, sans-serif; }
            svg .band { fill: var(--band); } svg .grid { stroke: var(--line); stroke-width: 1; }
            svg .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 2 4; }
            svg .rss, svg .pss, svg .agent { fill: none; stroke-width: 2; stroke-linejoin: round; }
            svg .rss { stroke: var(--one); } svg .pss { stroke: var(--two); stroke-dasharray: 6 3; }
            svg .agent { stroke: var(--three); stroke-dasharray: 10 3 2 3; }
            """;

    private final MemoryProfileReport report;
    private final StringBuilder html = new StringBuilder();

    ProfilePage(MemoryProfileReport report) {
        this.report = report;
    }

    String html() {
        html.setLength(0);
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Oriel memory profile</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>Oriel memory profile</h1>\n");
        tag("p", report.passed() ? "good" : "bad", ProfileSummary.verdict(report));
        tag("p", "", asked());
        targets();
        report.levels().forEach(this::level);
        step();
        machine();
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private String asked() {
        MemoryProfileReport.Setup setup = report.setup();
        return report.startedAt() + ", " + setup.seconds() + " s a phase, " + setup.subscribers()
                + " subscribers, pictures of: " + setup.source()
                + (setup.displays().isEmpty() ? "" : " " + String.join(", ", setup.displays()))
                + ". 1 MB is 1048576 bytes. The server is oriel serve; the agent is an application in a process of its"
                + " own that asks a semantic cache about each picture that the feed brings.";
    }

    private void targets() {
        open("Targets", List.of("target", "level", "of what", "measured, MB", "limit, MB", "result"), 3);
        for (Target target : report.targets()) {
            html.append("<tr>");
            cell("text", target.set());
            cell("text", target.level().map(Enum::name).orElse("all"));
            cell("text", target.what());
            cell("", ProfileSummary.megabytes(target.measuredBytes()));
            cell("", ProfileSummary.megabytes(target.limitBytes()));
            cell(target.met() ? "good" : "bad", target.met() ? "met" : "missed");
            html.append("</tr>\n");
        }
        close();
    }

    private void level(Level level) {
        tag("h2", "", level.level().name());
        html.append(new LevelChart(level).svg());
        open(
                "Memory of the processes in MB, RSS but for the last two columns",
                List.of("phase", "process", "start", "end", "delta", "peak", "average", "peak PSS", "its cache"),
                2);
        for (Phase phase : level.phases()) {
            row(phase, "server", phase.server(), ProfileSummary.cacheOf(phase));
            phase.agent().ifPresent(usage -> row(phase, "agent", usage, ProfileSummary.answersOf(phase)));
            phase.total().ifPresent(usage -> row(phase, "together", usage, ""));
        }
        close();
        level.phases().stream()
                .flatMap(phase -> phase.semanticCache().stream())
                .forEach(cache -> tag("p", "", "Semantic cache: " + ProfileSummary.inWords(cache) + "."));
        level.accuracy().ifPresent(accuracy -> {
            tag("p", accuracy.passed() ? "" : "bad", "Pictures: " + ProfileSummary.inWords(accuracy) + ".");
        });
    }

    private void row(Phase phase, String who, Usage usage, String cache) {
        Spread rss = usage.resident();
        html.append("<tr>");
        cell("text", phase.name() + (phase.complete() ? "" : " (cut short)"));
        cell("text", who);
        for (long bytes :
                List.of(rss.startBytes(), rss.endBytes(), rss.deltaBytes(), rss.peakBytes(), rss.averageBytes())) {
            cell("", ProfileSummary.megabytes(bytes));
        }
        cell("", ProfileSummary.megabytes(usage.proportional().peakBytes()));
        cell("", cache);
        html.append("</tr>\n");
    }

    private void step() {
        report.pressureStep().ifPresent(step -> {
            tag("h2", "", "Pressure step");
            tag("p", step.passed() ? "" : "bad", ProfileSummary.inWords(step) + ".");
        });
    }

    private void machine() {
        tag("h2", "", "Machine");
        open("Where it ran", List.of("", ""), 2);
        for (Map.Entry<String, String> entry : report.machine().entrySet()) {
            html.append("<tr>");
            cell("text", entry.getKey());
            cell("text", entry.getValue());
            html.append("</tr>\n");
        }
        close();
    }

    private void open(String caption, List<String> heads, int texts) {
        html.append("<div class=\"scroll\">\n<table>\n<caption>")
                .append(escaped(caption))
                .append("</caption>\n");
        if (!heads.get(0).isEmpty()) {
            html.append("<thead><tr>");
            for (int column = 0; column < heads.size(); column++) {
                html.append("<th scope=\"col\"")
                        .append(column < texts ? " class=\"text\"" : "")
                        .append('>')
                        .append(escaped(heads.get(column)))
                        .append("</th>");
            }
            html.append("</tr></thead>\n");
        }
        html.append("<tbody>\n");
    }

    private void close() {
        html.append("</tbody>\n</table>\n</div>\n");
    }

    private void cell(String style, String text) {
        html.append("<td")
                .append(style.isEmpty() ? "" : " class=\"" + style + "\"")
                .append('>')
                .append(escaped(text))
                .append("</td>");
    }

    private void tag(String name, String style, String text) {
        html.append('<')
                .append(name)
                .append(style.isEmpty() ? "" : " class=\"" + style + "\"")
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    /** Text that means itself in HTML. */
    static String escaped(String text) {
        return text.chars()
                .mapToObj(character -> switch (character) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '"' -> "&quot;";
                    case '\'' -> "&#39;";
                    default -> Character.toString(character);
                })
                .collect(Collectors.joining());
    }
}
