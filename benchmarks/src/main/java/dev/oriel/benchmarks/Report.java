package dev.oriel.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a benchmark found.
 *
 * @param machine where it ran, in the order in which it is shown
 * @param tables what is more than figures; may be empty
 */
record Report(
        String benchmark,
        Map<String, String> machine,
        List<Figure> figures,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Table> tables) {

    /**
     * Figures by row and column.
     *
     * @param rows as many cells each as there are columns; the first one says what the row is about
     */
    record Table(String title, List<String> columns, List<List<String>> rows) {

        private String text() {
            TextTable.Align[] aligns = new TextTable.Align[columns.size()];
            Arrays.fill(aligns, TextTable.Align.RIGHT);
            aligns[0] = TextTable.Align.LEFT;
            TextTable table = new TextTable(aligns);
            table.add(columns.toArray(String[]::new));
            rows.forEach(row -> table.add(row.toArray(String[]::new)));
            return title + "\n" + table.text();
        }
    }

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    /** Figures alone. */
    Report(String benchmark, Map<String, String> machine, List<Figure> figures) {
        this(benchmark, machine, figures, List.of());
    }

    /** For people. */
    String text() {
        TextTable about = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
        machine.forEach(about::add);
        TextTable results = new TextTable(
                TextTable.Align.LEFT,
                TextTable.Align.RIGHT,
                TextTable.Align.LEFT,
                TextTable.Align.LEFT,
                TextTable.Align.LEFT);
        for (Figure figure : figures) {
            String target = figure.target().map(Target::text).orElse("");
            results.add(figure.name(), figure.rounded(), figure.unit(), target, figure.detail());
        }
        StringBuilder text = new StringBuilder(about.text()).append('\n').append(results.text());
        tables.forEach(table -> text.append('\n').append(table.text()));
        return text.toString();
    }

    /** For programs. */
    String json() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
