package dev.oriel.capture.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes the JPEG of one stripe apart: its header becomes that of the whole picture, its entropy-coded data one restart
 * interval of it. And back.
 */
public final class StripeJpeg {

    private static final int MARKER = 0xFF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int FIRST_RESTART = 0xD0;
    private static final int RESTARTS = 8;
    private static final int BASELINE_FRAME = 0xC0;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int START_OF_SCAN = 0xDA;

    private StripeJpeg() {}

    /**
     * The entropy-coded data of a stripe with the marker that ends it in the whole picture.
     *
     * @param jpeg what {@link StripeEncoder#encode} gave; its last marker is overwritten
     * @param index of the stripe, from 0 at the top
     * @param last whether it is the lowest of the picture
     * @return a view of the same bytes
     */
    public static ByteBuffer scan(ByteBuffer jpeg, int index, boolean last) {
        int scanOffset = segmentEnd(jpeg, find(jpeg, START_OF_SCAN));
        int end = jpeg.limit();
        if ((jpeg.get(end - 2) & 0xFF) != MARKER || (jpeg.get(end - 1) & 0xFF) != END_OF_IMAGE) {
            throw new IllegalStateException("the encoder left a stripe without an end");
        }
        jpeg.put(end - 1, (byte) (last ? END_OF_IMAGE : FIRST_RESTART + index % RESTARTS));
        return jpeg.slice(scanOffset, end - scanOffset);
    }

    /**
     * The header of the whole picture: that of the stripe with another height and a restart interval of one MCU row.
     *
     * @param jpeg what {@link StripeEncoder#encode} gave for any stripe of the picture
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     * @param chroma how colour is sampled
     * @return everything before the first stripe
     */
    public static byte[] wholeHeader(ByteBuffer jpeg, int width, int height, Chroma chroma) {
        int frame = find(jpeg, BASELINE_FRAME);
        int scan = find(jpeg, START_OF_SCAN);
        int scanEnd = segmentEnd(jpeg, scan);
        ByteArrayOutputStream header = new ByteArrayOutputStream(scanEnd + 6);
        append(header, jpeg, 0, frame + 5);
        append16(header, height);
        append(header, jpeg, frame + 7, scan);
        header.write(MARKER);
        header.write(RESTART_INTERVAL);
        append16(header, 4);
        append16(header, (width + chroma.mcuSize() - 1) / chroma.mcuSize());
        append(header, jpeg, scan, scanEnd);
        return header.toByteArray();
    }

    /**
     * One stripe of a picture as a picture of its own.
     *
     * @param header what {@link #wholeHeader} gave
     * @param scan the entropy-coded data of the stripe, without the marker that ends it
     * @param rows of the stripe in pixels
     * @return a whole JPEG
     */
    public static byte[] alone(byte[] header, ByteBuffer scan, int rows) {
        int frame = find(ByteBuffer.wrap(header), BASELINE_FRAME);
        byte[] jpeg = Arrays.copyOf(header, header.length + scan.remaining() + 2);
        jpeg[frame + 5] = (byte) (rows >> 8);
        jpeg[frame + 6] = (byte) rows;
        scan.duplicate().get(jpeg, header.length, scan.remaining());
        jpeg[jpeg.length - 2] = (byte) MARKER;
        jpeg[jpeg.length - 1] = (byte) END_OF_IMAGE;
        return jpeg;
    }

    private static int find(ByteBuffer jpeg, int marker) {
        if ((jpeg.get(0) & 0xFF) != MARKER || (jpeg.get(1) & 0xFF) != START_OF_IMAGE) {
            throw new IllegalStateException("the encoder did not make a JPEG");
        }
        int at = 2;
        while ((jpeg.get(at) & 0xFF) == MARKER) {
            int found = jpeg.get(at + 1) & 0xFF;
            if (found == marker) {
                return at;
            }
            if (found == START_OF_SCAN) {
                break;
            }
            at = segmentEnd(jpeg, at);
        }
        throw new IllegalStateException("the encoder made a JPEG without marker FF" + Integer.toHexString(marker));
    }

    private static int segmentEnd(ByteBuffer jpeg, int segment) {
        return segment + 2 + ((jpeg.get(segment + 2) & 0xFF) << 8 | (jpeg.get(segment + 3) & 0xFF));
    }

    private static void append(ByteArrayOutputStream header, ByteBuffer jpeg, int from, int to) {
        for (int at = from; at < to; at++) {
            header.write(jpeg.get(at));
        }
    }

    private static void append16(ByteArrayOutputStream header, int value) {
        header.write(value >> 8);
        header.write(value);
    }
}
