package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFileTest {
    private final KernelText text = new KernelText();

    @TempDir
    private Path directory;

    private Path path;
    private KernelFile file;

    @BeforeEach
    void name() {
        path = directory.resolve("memory.current");
        file = new KernelFile(path);
    }

    @Test
    void tellsAnewAtEachLook() throws IOException {
        Files.writeString(path, "123456\n");
        assertThat(file.read(text).number()).isEqualTo(123_456);
        Files.writeString(path, "7\n");
        assertThat(file.read(text).number()).isEqualTo(7);
    }

    @Test
    void isOpenedOnce() throws IOException {
        Files.writeString(path, "1\n");
        file.read(text);
        Files.delete(path);
        assertThat(file.read(text).number()).isEqualTo(1);
    }

    @Test
    void isOpenedAgainWhenWhatWasOpenIsGone() throws IOException {
        Files.writeString(path, "1\n");
        file.read(text);
        // An interrupt closes the file, which takes it away just as the kernel does with the files of a removed group.
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.read(text));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.read(text).number()).isEqualTo(1);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> file.read(text))
                .withMessageContaining("memory.current");
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    void readsRealFilesOfManyPages() throws IOException {
        KernelFile counters = new KernelFile(Path.of("/proc/vmstat"));
        assertThat(counters.read(text).number("nr_free_pages")).isPositive();
        assertThat(text.toString()).isEqualTo(text.toString().strip() + "\n").contains("pgmajfault ");
        counters.close();
    }
}
