package dev.oriel.capture.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StripeDecodersTest {

    private static final List<StripeEncoders> BOTH = List.of(StripeEncoders.detect(), StripeEncoders.ofJdk());

    @ParameterizedTest
    @EnumSource(Chroma.class)
    void givesThePixelsThatWereEncoded(Chroma chroma) {
        for (StripeEncoders encoders : BOTH) {
            try (StripeEncoder encoder = encoders.open();
                    StripeDecoder decoder = encoders.openDecoder()) {
                for (int width : new int[] {1, 157, 4000}) {
                    for (int rows : new int[] {1, chroma.mcuSize()}) {
                        Pixels pixels = Pixels.desktop(width, rows);
                        byte[] jpeg = stripe(encoder, pixels, chroma);
                        Pixels seen = pixels(decoder.decode(jpeg, width, rows), width, rows);
                        assertThat(seen.greatestDifference(Jpegs.decode(jpeg)))
                                .as("%s, %dx%d", chroma, width, rows)
                                .isLessThanOrEqualTo(3);
                    }
                }
            }
        }
    }

    /** As one that stood in the middle of a picture of another height. */
    private static byte[] stripe(StripeEncoder encoder, Pixels pixels, Chroma chroma) {
        ByteBuffer rows = ByteBuffer.allocateDirect(pixels.colors().length * 4).order(ByteOrder.nativeOrder());
        rows.asIntBuffer().put(pixels.colors());
        ByteBuffer made = encoder.encode(rows, 0, pixels.width(), pixels.height(), 95, chroma);
        byte[] header = StripeJpeg.wholeHeader(made, pixels.width(), 1000, chroma);
        ByteBuffer scan = StripeJpeg.scan(made, 3, false);
        return StripeJpeg.alone(header, scan.limit(scan.limit() - 2), pixels.height());
    }

    private static Pixels pixels(ByteBuffer decoded, int width, int rows) {
        int[] colors = new int[width * rows];
        decoded.asIntBuffer().get(colors);
        for (int index = 0; index < colors.length; index++) {
            colors[index] &= 0xFFFFFF;
        }
        return new Pixels(width, rows, colors);
    }

    @Test
    void saysSoWhenItIsClosedOrWhatItGetsIsNoJpeg() {
        for (StripeEncoders encoders : BOTH) {
            StripeDecoder decoder = encoders.openDecoder();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> decoder.decode(new byte[20], 8, 8)))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("cannot decode 8x8 pixels");
            decoder.close();
            decoder.close();
            assertThatIllegalStateException().isThrownBy(() -> decoder.decode(new byte[20], 8, 8));
        }
    }
}
