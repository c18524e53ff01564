package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MemoryProfileReportTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    static JsonNode schema() throws IOException {
        return JSON.readTree(Files.readString(Checkout.root().resolve("docs/profile.schema.json")));
    }

    @Test
    void isWhatItsSchemaSays() throws IOException {
        for (MemoryProfileReport report :
                new MemoryProfileReport[] {ReportSamples.complete(), ReportSamples.cutShort()}) {
            assertThat(SchemaCheck.problems(schema(), JSON.readTree(report.json())))
                    .isEmpty();
        }
    }

    @Test
    void theSchemaMissesNothingAndAllowsNothingElse() throws IOException {
        ObjectNode report = (ObjectNode) JSON.readTree(ReportSamples.complete().json());
        report.put("mood", "good");
        report.remove("machine");
        ObjectNode phase = (ObjectNode) report.at("/levels/0/phases/0");
        phase.put("seconds", "long");
        phase.put("name", "siesta");
        ((ObjectNode) phase.at("/server/resident")).put("peakBytes", -1);
        assertThat(SchemaCheck.problems(schema(), report))
                .containsExactlyInAnyOrder(
                        "$ has mood, which the schema does not know",
                        "$ has no machine",
                        "$.levels[0].phases[0].seconds is no number",
                        "$.levels[0].phases[0].name is not one of [\"baseline\",\"vision\",\"semanticCache\"]",
                        "$.levels[0].phases[0].server.resident.peakBytes is below 0");
    }

    @Test
    void leavesOutWhatDoesNotApply() {
        assertThat(ReportSamples.cutShort().json())
                .contains("\"incompleteBecause\" : \"display :7 is gone\"")
                .doesNotContain("null", "accuracy", "pressureStep", "agent");
    }

    @Test
    void theSummaryTellsPhasesTargetsAndChecks() {
        assertThat(ProfileSummary.text(ReportSamples.complete()))
                .containsSubsequence(
                        "GREEN  vision         server      90.0  480.0  390.0  500.0",
                        "GREEN  semanticCache  together   660.0  661.0    1.0  661.0",
                        "oriel   GREEN  peak RSS of the server",
                        "510.0  600.0  met",
                        "GREEN semantic cache: pictures asked about: 420; known by bytes: 80, by look: 20",
                        "GREEN pictures: 1 of 1 equal the screen, a block off by 2.5 of 255 at most (8 allowed); 1 not compared",
                        "pressure step: passed; cgroup: ",
                        "RED after 700 ms; RSS 500.0 MB, 300.0 at +0 ms, 90.0 at +2000 ms; GREEN again 5000 ms",
                        "passed: every target is met");
        assertThat(ProfileSummary.text(ReportSamples.cutShort()))
                .contains("baseline (cut short)")
                .endsWith("INCOMPLETE: display :7 is gone\n");
    }

    @Test
    void thePageNeedsNothingElseAndTellsTheSame() {
        String page = new ProfilePage(ReportSamples.complete()).html();
        assertThat(page)
                .contains("prefers-color-scheme: dark", "<polyline class=\"rss\"", "<polyline class=\"agent\"")
                .contains("role=\"img\" aria-labelledby=\"chart-green-title chart-green-text\"")
                .contains("vision: the server&#39;s RSS went from 90.0 to 480.0 MB, with a peak of 500.0")
                .contains("a &lt;fast&gt; one", "&lt;1536&gt; MB &amp; a hog")
                .doesNotContain("<script", "http:", "https:", "src=", "url(");
        assertThat(new ProfilePage(ReportSamples.cutShort()).html()).contains("INCOMPLETE: display :7 is gone");
    }
}
