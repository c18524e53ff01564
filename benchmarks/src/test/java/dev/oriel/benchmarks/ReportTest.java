package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = report();

    private static Report report() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("memory", "24 GiB");
        machine.put("cpu", "some");
        return new Report(
                "spine",
                machine,
                List.of(
                        new Figure("a", "short", 7.777, "ms", "n = 3"),
                        new Figure("b", "rather longer", 77.77, "% of a core", ""),
                        new Figure("c", "longest of them", 777.7, "MiB", "why")));
    }

    @Test
    void alignsItsColumns() {
        assertThat(report.text()).isEqualTo("""
                        memory  24 GiB
                        cpu     some

                        short            7.78  ms           n = 3
                        rather longer    77.8  % of a core
                        longest of them   778  MiB          why
                        """);
    }

    @Test
    void keepsWholeValuesAndTheirOrderAsJson() {
        assertThat(report.json())
                .containsSubsequence("\"benchmark\" : \"spine\"", "\"memory\"", "\"cpu\"", "\"value\" : 7.777");
    }

    @Test
    void saysWhichTargetsAreMet() {
        Report capture = new Report(
                "capture",
                Map.of("memory", "24 GiB"),
                List.of(
                        new Figure("a", "cheap", 0.25, "", "").atMost(0.25),
                        new Figure("b", "slow", 29.2, "a second", "a film").atLeast(29.5),
                        new Figure("c", "long", 8.01, "MiB", "").atMost(8),
                        new Figure("d", "some", 1, "", "")));
        assertThat(capture.text()).isEqualTo("""
                        memory  24 GiB

                        cheap  0.25            ≤ 0.25, met
                        slow   29.2  a second  ≥ 29.5, MISSED  a film
                        long   8.01  MiB       ≤ 8, MISSED
                        some   1.00
                        """);
        assertThat(capture.json())
                .containsSubsequence("\"limit\" : 0.25", "\"met\" : true", "AT_LEAST", "\"met\" : false");
        assertThat(report.json()).doesNotContain("target");
    }

    @Test
    void dividesOneFigureByAnother() {
        List<Figure> figures = report.figures();
        Figure ratio = Figure.ratio("r", "ratio", figures.get(1), figures.get(0), "");
        assertThat(ratio.rounded()).isEqualTo("10.0");
    }

    @Test
    void refusesARowOfAnotherLength() {
        TextTable table = new TextTable(TextTable.Align.LEFT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.add("one", "two"))
                .withMessage("there are 1 columns, not 2");
    }
}
