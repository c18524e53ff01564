package dev.oriel.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Holds JSON against a JSON Schema, as far as ours go: a word of the schema that is not known here is an error. */
final class SchemaCheck {

    private static final Set<String> WORDS_WITHOUT_EFFECT = Set.of("$schema", "$id", "$defs", "title", "description");

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /** What is wrong, one line each. */
    static List<String> problems(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.check(schema, value, "$");
        return check.problems;
    }

    private void check(JsonNode schema, JsonNode value, String path) {
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            JsonNode rule = word.getValue();
            switch (word.getKey()) {
                case "$ref" -> check(root.at(rule.asString().substring(1)), value, path);
                case "type" -> require(isOfType(value, rule.asString()), path, "is no " + rule.asString());
                case "enum" -> require(rule.valueStream().anyMatch(value::equals), path, "is not one of " + rule);
                case "minimum" ->
                    require(!value.isNumber() || value.asDouble() >= rule.asDouble(), path, "is below " + rule);
                case "minItems" -> require(value.size() >= rule.asInt(), path, "has fewer than " + rule);
                case "items" -> {
                    for (int index = 0; index < value.size(); index++) {
                        check(rule, value.get(index), path + "[" + index + "]");
                    }
                }
                case "required" ->
                    rule.valueStream()
                            .forEach(name -> require(value.has(name.asString()), path, "has no " + name.asString()));
                case "properties" ->
                    value.properties().forEach(field -> {
                        if (rule.has(field.getKey())) {
                            check(rule.get(field.getKey()), field.getValue(), path + "." + field.getKey());
                        }
                    });
                case "additionalProperties" -> additional(schema, rule, value, path);
                default -> require(WORDS_WITHOUT_EFFECT.contains(word.getKey()), path, "has a rule " + word.getKey());
            }
        }
    }

    private void additional(JsonNode schema, JsonNode rule, JsonNode value, String path) {
        value.properties().forEach(field -> {
            if (!schema.path("properties").has(field.getKey())) {
                if (rule.isObject()) {
                    check(rule, field.getValue(), path + "." + field.getKey());
                } else {
                    require(rule.asBoolean(), path, "has " + field.getKey() + ", which the schema does not know");
                }
            }
        });
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> throw new IllegalArgumentException("there is no type " + type);
        };
    }

    private void require(boolean right, String path, String problem) {
        if (!right) {
            problems.add(path + " " + problem);
        }
    }
}
