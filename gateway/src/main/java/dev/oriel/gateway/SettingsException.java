package dev.oriel.gateway;

import java.util.List;

/** One or more settings are wrong. */
final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each: the name, the value and what is allowed. */
    List<String> problems() {
        return problems;
    }
}
