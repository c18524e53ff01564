package dev.oriel.gateway;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON as somebody else's program does. */
final class JsonTree {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonTree() {}

    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static JsonNode read(byte[] text) {
        return MAPPER.readTree(text);
    }
}
