package dev.oriel.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a benchmark found.
 *
 * @param machine where it ran, in the order in which it is shown
 */
record Report(String benchmark, Map<String, String> machine, List<Figure> figures) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

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
        return about.text() + "\n" + results.text();
    }

    /** For programs. */
    String json() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
