package dev.oriel.capture.jpeg;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Stands in where libjpeg-turbo is missing: decodes one stripe after the other in full, without converting its colours,
 * and takes the means.
 */
final class JdkQuarterDecoder implements QuarterDecoder {

    private static final int MARKER_BYTES = 2;
    private static final int CHANNELS = 3;

    private final ImageReader reader =
            ImageIO.getImageReadersByFormatName("jpeg").next();
    private boolean open = true;

    @Override
    public QuarterPicture decode(List<ByteBuffer> jpeg, int width, int height, Chroma chroma) {
        if (!open) {
            throw new IllegalStateException("the decoder was closed");
        }
        byte[] header = new byte[jpeg.get(0).remaining()];
        jpeg.get(0).duplicate().get(header);
        QuarterPicture picture = QuarterPicture.blank(width, height);
        for (int index = 1; index < jpeg.size(); index++) {
            int top = (index - 1) * chroma.mcuSize();
            int rows = Math.min(chroma.mcuSize(), height - top);
            ByteBuffer scan = jpeg.get(index).duplicate();
            scan.limit(scan.limit() - MARKER_BYTES);
            Rows stripe = new Rows(decode(StripeJpeg.alone(header, scan, rows)), width, rows);
            stripe.means(0, QuarterPicture.LUMA_PIXELS, picture.luma(), picture.lumaWidth(), top);
            stripe.means(1, QuarterPicture.CHROMA_PIXELS, picture.blue(), picture.chromaWidth(), top);
            stripe.means(2, QuarterPicture.CHROMA_PIXELS, picture.red(), picture.chromaWidth(), top);
        }
        return picture;
    }

    /* A raster has the channels that are in the JPEG, an image would be in RGB. */
    private byte[] decode(byte[] jpeg) {
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(input, true, true);
            Raster raster = reader.readRaster(0, reader.getDefaultReadParam());
            return ((DataBufferByte) raster.getDataBuffer()).getData();
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK cannot decode a stripe", e);
        }
    }

    /** The samples of a stripe, one of each channel for each pixel. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Rows(byte[] samples, int width, int rows) {

        /** Fills in those rows of means that lie in the picture. */
        void means(int channel, int side, byte[] means, int pitch, int top) {
            for (int y = 0; y < rows && ((top + y) / side + 1) * pitch <= means.length; y += side) {
                for (int x = 0; x < pitch; x++) {
                    means[(top + y) / side * pitch + x] = (byte) mean(channel, side, x * side, y);
                }
            }
        }

        private int mean(int channel, int side, int left, int top) {
            int sum = 0;
            for (int y = top; y < top + side; y++) {
                for (int x = left; x < left + side; x++) {
                    int pixel = Math.min(y, rows - 1) * width + Math.min(x, width - 1);
                    sum += samples[pixel * CHANNELS + channel] & 0xFF;
                }
            }
            return (sum + side * side / 2) / (side * side);
        }
    }

    @Override
    public void close() {
        open = false;
        reader.dispose();
    }
}
