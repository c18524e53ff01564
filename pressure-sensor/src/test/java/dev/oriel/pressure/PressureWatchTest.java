package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PressureWatchTest {

    @Test
    void decodesWhatIsToBeWritten() {
        assertThat(PressureWatch.parse("/run/pressure", "c29tZSAyMDAwMDAgMjAwMDAwMAA="))
                .contains(new PressureWatch(
                        Path.of("/run/pressure"),
                        "some 200000 2000000\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void watchesNothingWhereNothingIsNamedOrItIsSwitchedOff() {
        assertThat(PressureWatch.parse(null, null)).isEmpty();
        assertThat(PressureWatch.parse("", "!")).isEmpty();
        assertThat(PressureWatch.parse("/dev/null", "!")).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PressureWatch.parse("run/pressure", null))
                .withMessage("MEMORY_PRESSURE_WATCH is \"run/pressure\"; allowed: an absolute path, or /dev/null for"
                        + " none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PressureWatch.parse("/run/pressure", "!"))
                .withMessage("MEMORY_PRESSURE_WRITE is \"!\"; allowed: Base64");
    }
}
