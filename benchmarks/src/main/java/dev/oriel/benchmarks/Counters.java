package dev.oriel.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** What an engine has counted, by name. A counter that an engine does not have is 0. */
record Counters(Map<String, Long> values) {

    Counters {
        values = Map.copyOf(values);
    }

    /**
     * Reads words such as {@code captures=12}.
     *
     * @throws NumberFormatException if one has no number
     */
    static Counters parse(String words) {
        Map<String, Long> values = new HashMap<>();
        for (String word : words.strip().split(" ")) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, Math.max(0, equals)), Long.parseLong(word.substring(equals + 1)));
        }
        return new Counters(values);
    }

    long of(String name) {
        return values.getOrDefault(name, 0L);
    }

    /** Pixels read because something changed: without those of a sweep that looks whether damage was missed. */
    long pixelsBesideSweep() {
        return of("pixelsRead") - of("pixelsVerified");
    }

    /** How much each has grown. */
    Counters since(Counters earlier) {
        Map<String, Long> grown = new HashMap<>();
        values.forEach((name, value) -> grown.put(name, value - earlier.of(name)));
        return new Counters(grown);
    }
}
