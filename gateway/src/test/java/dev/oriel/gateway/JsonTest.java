package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.oriel.pressure.PressureLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private record Inner(String text, byte small) {}

    private record Everything(
            String zebra,
            @Nullable String nothing,
            int number,
            long large,
            double real,
            boolean flag,
            PressureLevel level,
            Instant time,
            List<Inner> list,
            Map<PressureLevel, Long> ofLevels,
            Map<Long, Long> ofNumbers,
            Optional<PressureLevel> some,
            Optional<Inner> none,
            OptionalInt someNumber,
            OptionalInt noNumber,
            OptionalLong someLarge,
            OptionalLong noLarge) {}

    private static final Everything EVERYTHING = new Everything(
            "\"Größe\" \\ / \n\t\u0001 \uD83D\uDE00",
            null,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1,
            true,
            PressureLevel.RED,
            Instant.parse("2026-11-01T12:00:00.123456789Z"),
            List.of(new Inner("a", (byte) -1), new Inner("", (byte) 2)),
            Map.of(PressureLevel.GREEN, 3L),
            Map.of(60_000L, 4L),
            Optional.of(PressureLevel.YELLOW),
            Optional.empty(),
            OptionalInt.of(5),
            OptionalInt.empty(),
            OptionalLong.of(6),
            OptionalLong.empty());

    @Test
    void writesWhatJacksonsDataBindingWrites() {
        assertThat(Json.text(EVERYTHING)).isEqualTo(MAPPER.writeValueAsString(EVERYTHING));
        assertThat(Json.bytes(EVERYTHING)).isEqualTo(Json.text(EVERYTHING).getBytes(StandardCharsets.UTF_8));
        assertThat(Json.pretty(EVERYTHING))
                .isEqualTo(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(EVERYTHING));
    }

    @Test
    void readsWhatItWrites() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("text", "Größe");
        fields.put("nothing", null);
        fields.put("list", new ArrayList<>(Arrays.asList(1, 99_999_999_999L, 1.5, true, false, null, Map.of())));

        assertThat(Json.read(Json.text(fields))).isEqualTo(fields);
        assertThat(Json.read("")).isNull();
        assertThat(Json.read(" null ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\"", "{\"a\":}", "[1,]", "{} {}", "tru", "'a'", "[[[[[[[[[[1]]]]]]]]]]"})
    void refusesWhatIsNotJsonOrTooDeep(String text) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Json.read(text));
    }
}
