package dev.oriel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalItIsALineNowAndThen() {
        ProgressLine progress = new ProgressLine(out, false, 100);
        progress.begin("GREEN start", 5);
        progress.begin("GREEN vision", 60);
        for (int second = 0; second <= 11; second++) {
            progress.tick(second, ReportSamples.megabytes(300 + second));
        }
        progress.clear();
        assertThat(text()).isEqualTo("""
                        GREEN start 0/5 s, 1:40 left
                        GREEN vision 0/60 s, 1:35 left
                        GREEN vision 10/60 s, RSS 310 MB, PSS 300 MB, 1:25 left
                        """);
    }

    @Test
    void onATerminalItIsABarThatIsWrittenOver() {
        ProgressLine progress = new ProgressLine(out, true, 120);
        progress.begin("RED vision", 60);
        progress.tick(30, ReportSamples.megabytes(90));
        progress.clear();
        assertThat(text())
                .isEqualTo("\r\033[K[------------------------]   0 % RED vision 0/60 s, 2:00 left"
                        + "\r\033[K[######------------------]  25 % RED vision 30/60 s, RSS 90 MB, PSS 80 MB, 1:30 left"
                        + "\r\033[K");
    }

    @Test
    void aPartThatTakesLongerDoesNotCountForMore() {
        ProgressLine progress = new ProgressLine(out, false, 40);
        progress.begin("step", 20);
        progress.tick(30, ReportSamples.megabytes(90));
        progress.begin("end", 20);
        assertThat(text())
                .contains("step 30/20 s, RSS 90 MB, PSS 80 MB, 0:20 left")
                .contains("end 0/20 s, 0:20 left");
    }
}
