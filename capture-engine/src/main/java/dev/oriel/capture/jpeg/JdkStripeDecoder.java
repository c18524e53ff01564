package dev.oriel.capture.jpeg;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Stands in where libjpeg-turbo is missing. */
final class JdkStripeDecoder implements StripeDecoder {

    private final ImageReader reader =
            ImageIO.getImageReadersByFormatName("jpeg").next();
    private boolean open = true;

    @Override
    public ByteBuffer decode(byte[] jpeg, int width, int rows) {
        if (!open) {
            throw new IllegalStateException("the decoder was closed");
        }
        BufferedImage image = new BufferedImage(width, rows, BufferedImage.TYPE_3BYTE_BGR);
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setDestination(image);
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(input, true, true);
            reader.read(0, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK cannot decode " + width + "x" + rows + " pixels", e);
        }
        return pixelsOf(image);
    }

    private static ByteBuffer pixelsOf(BufferedImage image) {
        byte[] colors = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        ByteBuffer pixels =
                ByteBuffer.allocate(colors.length / 3 * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int from = 0; from < colors.length; from += 3) {
            pixels.put(colors, from, 3).put((byte) 0);
        }
        return pixels.flip();
    }

    @Override
    public void close() {
        open = false;
        reader.dispose();
    }
}
