package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedFramesTest {

    private static final Pixels PIXELS = Pixels.desktop(330, 203);

    private static byte[] message(int percent) {
        byte[] jpeg;
        try (Frame frame = DrawnFrames.of(FrameMemory.onHeap(1 << 20), new SpaceId("a"), PIXELS, percent)) {
            jpeg = frame.toByteArray();
        }
        ByteBuffer message = ByteBuffer.allocate(28 + jpeg.length);
        message.put((byte) 1).put((byte) 1).putShort((short) 4).putLong(77).putLong(1_500_000);
        message.putShort((short) 330)
                .putShort((short) 203)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) 16);
        return message.put(jpeg).array();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 60, 85, 95})
    void isTheFrameThatWasSent(int percent) {
        byte[] message = message(percent);
        HeapFrameMemory memory = new HeapFrameMemory(1 << 20);
        try (Frame frame = ReceivedFrames.of(memory, message).orElseThrow()) {
            assertThat(frame.info())
                    .isEqualTo(new FrameInfo(
                            new SpaceId("space-4"),
                            77,
                            Instant.ofEpochMilli(1500),
                            330,
                            203,
                            Quality.OPTIMIZED,
                            percent,
                            16));
            assertThat(frame.stripeCount()).isEqualTo(13);
            assertThat(ByteBuffer.wrap(frame.toByteArray()))
                    .isEqualTo(ByteBuffer.wrap(message, 28, message.length - 28).slice());
        }
        assertThat(memory.chargedBytes()).isZero();
    }

    @Test
    void keepsNothingIfThereIsNoRoomForAllOfIt() {
        byte[] message = message(85);
        HeapFrameMemory memory = new HeapFrameMemory(message.length / 2);
        assertThat(ReceivedFrames.of(memory, message)).isEqualTo(Optional.empty());
        assertThat(memory.chargedBytes()).isZero();
    }

    @Test
    void refusesWhatIsNoFrame() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceivedFrames.of(FrameMemory.onHeap(1 << 20), new byte[20]));
    }
}
