package dev.oriel.benchmarks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The programs that this machine has, and what it takes to compile one. */
final class Programs {

    /**
     * A program that a benchmark starts, or a header, such as {@code turbojpeg.h}, that it compiles with.
     *
     * @param debianPackage the package that brings it
     */
    record Program(String name, String debianPackage) {

        boolean isHeader() {
            return name.endsWith(".h");
        }
    }

    private static final List<Path> HEADERS = List.of(Path.of("/usr/include"), Path.of("/usr/local/include"));

    private final List<Path> folders;

    /**
     * Looks in these folders.
     *
     * @param searchPath as in {@code $PATH}
     */
    Programs(String searchPath) {
        this.folders = Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    /**
     * Checks that all are there.
     *
     * @throws BenchmarkFailedException with the name and the package of each that is not
     */
    void require(List<Program> programs) {
        List<Program> missing =
                programs.stream().filter(program -> !has(program)).toList();
        if (!missing.isEmpty()) {
            throw new BenchmarkFailedException("not on this machine: "
                    + missing.stream().map(Program::name).collect(Collectors.joining(", "))
                    + "; on Debian: apt-get install "
                    + missing.stream().map(Program::debianPackage).collect(Collectors.joining(" ")));
        }
    }

    private boolean has(Program program) {
        return program.isHeader()
                ? HEADERS.stream().anyMatch(folder -> Files.isReadable(folder.resolve(program.name())))
                : folders.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(program.name())));
    }
}
