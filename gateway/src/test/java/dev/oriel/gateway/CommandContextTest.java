package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandContextTest {

    private static final class BrokenPipe extends OutputStream {

        @Override
        public void write(int one) throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    private final CommandContext context = new CommandContext(Map.of(), new BrokenPipe());

    @Test
    void whoPrintsIsToldThatNobodyReads() {
        assertThatThrownBy(() -> context.print("a line"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("cannot write to standard output");
        assertThatThrownBy(() -> context.print("bytes".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("cannot write to standard output");
    }
}
