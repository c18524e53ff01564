package dev.oriel.capture.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.oriel.capture.Jpegs;
import dev.oriel.capture.Pixels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEncodersTest {

    private static final List<StripeEncoders> BOTH = List.of(StripeEncoders.detect(), StripeEncoders.ofJdk());

    @ParameterizedTest
    @EnumSource(Chroma.class)
    void stripesBehindOneHeaderAreThePicture(Chroma chroma) {
        for (StripeEncoders encoders : BOTH) {
            for (int height : new int[] {1, 8, 16, 21, 160, 163}) {
                Pixels pixels = Pixels.desktop(157, height);
                byte[] jpeg = picture(encoders, pixels, 90, chroma);
                Pixels seen = Jpegs.decode(jpeg);
                assertThat(seen.width()).isEqualTo(157);
                assertThat(seen.height()).isEqualTo(height);
                assertThat(seen.meanDifference(pixels))
                        .as("%s, %d high", chroma, height)
                        .isLessThan(chroma == Chroma.TWO_BY_TWO ? 10 : 3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Chroma.class)
    void otherDecodersReadTheStandInWithoutAWord(Chroma chroma) {
        byte[] jpeg = picture(StripeEncoders.ofJdk(), Pixels.desktop(157, 163), 85, chroma);
        assertThat(Jpegs.complaintsAbout(jpeg)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Chroma.class)
    void bothEncodersGiveNearlyTheSamePicture(Chroma chroma) {
        Pixels pixels = Pixels.desktop(200, 90);
        Pixels turbo = Jpegs.decode(picture(StripeEncoders.detect(), pixels, 85, chroma));
        Pixels jdk = Jpegs.decode(picture(StripeEncoders.ofJdk(), pixels, 85, chroma));
        assertThat(turbo.meanDifference(jdk)).isLessThan(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void noStripeIsLargerThanWasSaid(int percent) {
        for (StripeEncoders encoders : BOTH) {
            try (StripeEncoder encoder = encoders.open()) {
                for (Chroma chroma : Chroma.values()) {
                    for (int width : new int[] {1, 7, 16, 17, 333, 4096}) {
                        Pixels pixels = Pixels.noise(width, chroma.mcuSize(), 3);
                        int bytes = encoder.encode(buffer(pixels), 0, width, chroma.mcuSize(), percent, chroma)
                                .remaining();
                        assertThat(bytes).isLessThanOrEqualTo(encoder.maxBytes(width, chroma));
                    }
                }
            }
        }
    }

    @Test
    void theOffsetSaysWhereTheFirstRowBegins() {
        Pixels pixels = Pixels.noise(40, 48, 9);
        ByteBuffer rows = buffer(pixels);
        ByteBuffer lower = ByteBuffer.allocateDirect(40 * 16 * 4).put(0, rows, 32 * 40 * 4, 40 * 16 * 4);
        for (StripeEncoders encoders : BOTH) {
            try (StripeEncoder encoder = encoders.open()) {
                byte[] direct = bytes(encoder.encode(rows, 32 * 40 * 4, 40, 16, 80, Chroma.TWO_BY_TWO));
                byte[] moved = bytes(encoder.encode(lower, 0, 40, 16, 80, Chroma.TWO_BY_TWO));
                assertThat(direct).isEqualTo(moved);
            }
        }
    }

    @Test
    void refusesRowsThatAreNotThere() {
        ByteBuffer rows = buffer(Pixels.flat(10, 16, 0));
        try (StripeEncoder encoder = StripeEncoders.detect().open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.encode(rows, 4, 10, 16, 80, Chroma.TWO_BY_TWO));
        }
    }

    @Test
    void aClosedEncoderSaysSo() {
        ByteBuffer rows = buffer(Pixels.flat(10, 16, 0));
        for (StripeEncoders encoders : BOTH) {
            StripeEncoder encoder = encoders.open();
            encoder.close();
            encoder.close();
            assertThatIllegalStateException().isThrownBy(() -> encoder.encode(rows, 0, 10, 16, 80, Chroma.TWO_BY_TWO));
        }
    }

    private static byte[] picture(StripeEncoders encoders, Pixels pixels, int percent, Chroma chroma) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ByteBuffer rows = buffer(pixels);
        int side = chroma.mcuSize();
        int stripes = (pixels.height() + side - 1) / side;
        try (StripeEncoder encoder = encoders.open()) {
            for (int stripe = 0; stripe < stripes; stripe++) {
                int high = Math.min(side, pixels.height() - stripe * side);
                ByteBuffer made =
                        encoder.encode(rows, stripe * side * pixels.width() * 4, pixels.width(), high, percent, chroma);
                if (stripe == 0) {
                    jpeg.writeBytes(StripeJpeg.wholeHeader(made, pixels.width(), pixels.height(), chroma));
                }
                jpeg.writeBytes(bytes(StripeJpeg.scan(made, stripe, stripe == stripes - 1)));
            }
        }
        return jpeg.toByteArray();
    }

    private static ByteBuffer buffer(Pixels pixels) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(pixels.colors().length * 4).order(ByteOrder.nativeOrder());
        buffer.asIntBuffer().put(pixels.colors());
        return buffer;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
