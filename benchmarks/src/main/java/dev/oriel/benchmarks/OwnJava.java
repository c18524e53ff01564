package dev.oriel.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a program of ours in a Java of its own, so that nothing else lies in its memory. */
enum OwnJava {
    /** As {@code ./oriel} starts it. */
    LAUNCHER("as ./oriel starts it") {
        @Override
        List<String> java(Workplace workplace) {
            return List.of(workplace.root().resolve("scripts/java").toString());
        }

        @Override
        List<String> oriel(Workplace workplace) {
            return List.of(workplace.root().resolve("oriel").toString());
        }
    },
    /** As it comes. */
    PLAIN("plain Java") {
        @Override
        List<String> java(Workplace workplace) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }

        @Override
        List<String> oriel(Workplace workplace) {
            List<String> command = new ArrayList<>(java(workplace));
            command.addAll(List.of("-jar", workplace.root().resolve(JAR).toString()));
            return command;
        }
    };

    private static final String JAR = "gateway/target/oriel-gateway-0.1.0-SNAPSHOT.jar";

    private final String label;

    OwnJava(String label) {
        this.label = label;
    }

    /** For people. */
    String label() {
        return label;
    }

    abstract List<String> java(Workplace workplace);

    /** The command that is Oriel. */
    abstract List<String> oriel(Workplace workplace);

    /**
     * Starts a program.
     *
     * @param name for messages
     * @param environment what is added to ours
     * @param main its class
     */
    Child start(
            Workplace workplace, String name, Map<String, String> environment, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(java(workplace));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return workplace.children().start(name, environment, command.toArray(String[]::new));
    }
}
