package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTextTest {
    private final KernelText text = new KernelText();

    @TempDir
    private Path directory;

    private KernelText holding(String content) throws IOException {
        return text.read(Files.writeString(directory.resolve("file"), content));
    }

    @Test
    void findsANumberByItsKey() throws IOException {
        holding("inactive_file_pages 1\ninactive_file 42\nfile 3\n");
        assertThat(text.number("inactive_file")).isEqualTo(42);
        assertThat(text.number("file", 9)).isEqualTo(3);
        assertThat(text.number("anon", 9)).isEqualTo(9);
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> text.number("anon"))
                .withMessageEndingWith("file: no anon");
    }

    @Test
    void findsANumberByItsNameWithinALine() throws IOException {
        holding("some avg10=1.50 subtotal=9 total=109407\nfull avg10=0.00 total=45889\n");
        assertThat(text.number("some", "total=")).isEqualTo(109_407);
        assertThat(text.number("full", "total=")).isEqualTo(45_889);
        assertThatExceptionOfType(MalformedTextException.class).isThrownBy(() -> text.number("some", "max="));
    }

    @Test
    void readsTheLargestNumbers() throws IOException {
        assertThat(holding("9223372036854771712\n").number()).isEqualTo(9_223_372_036_854_771_712L);
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> holding("18446744073709551615\n").number())
                .withMessageContaining("too large");
    }

    @Test
    void tellsMaxFromANumber() throws IOException {
        assertThat(holding("max\n").is("max")).isTrue();
        assertThat(holding("maximal\n").is("max")).isFalse();
        assertThat(holding("4096\n").is("max")).isFalse();
    }

    @Test
    void findsTheSecondOfManyNumbers() throws IOException {
        assertThat(holding("25012 9046 6711 1 0 12030 0\n").secondNumber()).isEqualTo(9_046);
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> holding("25012\n").secondNumber());
    }

    @Test
    void knowsItselfAgain() throws IOException {
        byte[] before = holding("0::/one\n").toBytes();
        assertThat(holding("0::/one\n").is(before)).isTrue();
        assertThat(holding("0::/two\n").is(before)).isFalse();
        assertThat(holding("0::/one/two\n").is(before)).isFalse();
    }

    @Test
    void takesNoTruncatedOrMissingNumber() throws IOException {
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> holding("MemTotal:   246840").number("MemTotal:"));
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> holding("MemTotal:   kB\n").number("MemTotal:"));
        assertThatExceptionOfType(MalformedTextException.class)
                .isThrownBy(() -> holding("").number());
    }

    @Test
    void holdsOneFileAfterAnotherWhateverTheirLength() throws IOException {
        String line = "key 1\n";
        assertThat(holding(line.repeat(20_000) + "last 7\n").number("last")).isEqualTo(7);
        assertThat(holding("key 2\n").number("last", 0)).isZero();
        assertThat(text).hasToString("key 2\n");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> text.read(directory.resolve("none")))
                .withMessageContaining("none");
    }
}
