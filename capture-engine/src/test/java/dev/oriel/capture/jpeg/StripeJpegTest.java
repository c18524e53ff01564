package dev.oriel.capture.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StripeJpegTest {

    /* SOI, an empty APP0, SOF0 with height 16 and width 32, SOS, two bytes of data, EOI. */
    private static final String STRIPE =
            "ffd8" + "ffe00002" + "ffc0000b0800100020010111" + "00" + "ffda0002" + "abcd" + "ffd9";

    @Test
    void theScanEndsWithTheRestartMarkersInTurn() {
        assertThat(scan(0, false)).isEqualTo("abcdffd0");
        assertThat(scan(7, false)).isEqualTo("abcdffd7");
        assertThat(scan(8, false)).isEqualTo("abcdffd0");
        assertThat(scan(8, true)).isEqualTo("abcdffd9");
    }

    @Test
    void theHeaderTellsTheWholeHeightAndTheRestartInterval() {
        byte[] header = StripeJpeg.wholeHeader(jpeg(STRIPE), 32, 1080, Chroma.TWO_BY_TWO);
        assertThat(HexFormat.of().formatHex(header))
                .isEqualTo("ffd8" + "ffe00002" + "ffc0000b0804380020010111" + "00" + "ffdd00040002" + "ffda0002");
    }

    @Test
    void whatDoesNotBeginLikeAJpegIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StripeJpeg.scan(jpeg("00d8ffda0002ffd9"), 0, true))
                .withMessageContaining("did not make a JPEG");
    }

    @Test
    void aJpegWithoutAScanIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StripeJpeg.scan(jpeg("ffd8ffe000020000000000"), 0, true))
                .withMessageContaining("FFda");
    }

    @Test
    void aProgressiveJpegIsRefused() {
        String progressive = STRIPE.replace("ffc0", "ffc2");
        assertThatIllegalStateException()
                .isThrownBy(() -> StripeJpeg.wholeHeader(jpeg(progressive), 32, 32, Chroma.TWO_BY_TWO))
                .withMessageContaining("FFc0");
    }

    @Test
    void aStripeWithoutAnEndIsRefused() {
        String cut = STRIPE.substring(0, STRIPE.length() - 2);
        assertThatIllegalStateException()
                .isThrownBy(() -> StripeJpeg.scan(jpeg(cut), 0, true))
                .withMessageContaining("without an end");
    }

    @Test
    void aJpegThatIsCutShortIsRefused() {
        for (int bytes = 0; bytes < STRIPE.length() / 2; bytes++) {
            ByteBuffer cut = jpeg(STRIPE.substring(0, bytes * 2));
            assertThatThrownBy(() -> StripeJpeg.scan(cut, 0, true))
                    .as("%d bytes", bytes)
                    .isInstanceOfAny(IllegalStateException.class, IndexOutOfBoundsException.class);
        }
    }

    private static String scan(int index, boolean last) {
        ByteBuffer scan = StripeJpeg.scan(jpeg(STRIPE), index, last);
        byte[] bytes = new byte[scan.remaining()];
        scan.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static ByteBuffer jpeg(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
