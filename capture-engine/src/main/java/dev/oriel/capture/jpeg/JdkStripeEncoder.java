package dev.oriel.capture.jpeg;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Stands in where libjpeg-turbo is missing. */
final class JdkStripeEncoder implements StripeEncoder {

    private static final String NATIVE_FORMAT = "javax_imageio_jpeg_image_1.0";
    private static final int HEADER_BYTES = 2048;

    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("jpeg").next();
    private final ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    private boolean open = true;

    @Override
    public int maxBytes(int width, Chroma chroma) {
        /* A coefficient takes at most 27 bits and every byte may need a stuffed one behind it. */
        int mcuSize = chroma.mcuSize();
        int mcus = (width + mcuSize - 1) / mcuSize;
        int blocksInMcu = chroma == Chroma.TWO_BY_TWO ? 6 : 3;
        return HEADER_BYTES + mcus * blocksInMcu * 64 * 7;
    }

    @Override
    public ByteBuffer encode(ByteBuffer pixels, int offset, int width, int rows, int jpegPercent, Chroma chroma) {
        if (!open) {
            throw new IllegalStateException("the encoder was closed");
        }
        BufferedImage image = imageOf(pixels, offset, width, rows);
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(jpegPercent / 100f);
        jpeg.reset();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(jpeg)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, metadata(image, parameters, chroma)), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK cannot encode " + width + "x" + rows + " pixels", e);
        }
        return ByteBuffer.wrap(jpeg.toByteArray());
    }

    private static BufferedImage imageOf(ByteBuffer pixels, int offset, int width, int rows) {
        BufferedImage image = new BufferedImage(width, rows, BufferedImage.TYPE_3BYTE_BGR);
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int pixel = 0, from = offset, to = 0; pixel < width * rows; pixel++, from += 4) {
            target[to++] = pixels.get(from);
            target[to++] = pixels.get(from + 1);
            target[to++] = pixels.get(from + 2);
        }
        return image;
    }

    private IIOMetadata metadata(BufferedImage image, ImageWriteParam parameters, Chroma chroma)
            throws IIOInvalidTreeException {
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
        Node root = metadata.getAsTree(NATIVE_FORMAT);
        NodeList components = ((Element) root).getElementsByTagName("componentSpec");
        String luma = chroma == Chroma.TWO_BY_TWO ? "2" : "1";
        ((Element) components.item(0)).setAttribute("HsamplingFactor", luma);
        ((Element) components.item(0)).setAttribute("VsamplingFactor", luma);
        metadata.setFromTree(NATIVE_FORMAT, root);
        return metadata;
    }

    @Override
    public void close() {
        open = false;
        writer.dispose();
    }
}
