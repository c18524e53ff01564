package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.benchmarks.Programs.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    @TempDir
    private Path empty;

    @Test
    void namesHeadersAsItNamesPrograms() {
        List<Program> programs = List.of(new Program("gcc", "gcc"), new Program("no/such.h", "libno-dev"));
        assertThatThrownBy(() -> new Programs(empty.toString()).require(programs))
                .isInstanceOf(BenchmarkFailedException.class)
                .hasMessage("not on this machine: gcc, no/such.h; on Debian: apt-get install gcc libno-dev");
    }
}
