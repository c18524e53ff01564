package dev.oriel.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this test runs. */
final class Checkout {

    private Checkout() {}

    /** The folder of the scripts {@code oriel} and {@code dev}. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("oriel")) || !Files.exists(folder.resolve("dev"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
