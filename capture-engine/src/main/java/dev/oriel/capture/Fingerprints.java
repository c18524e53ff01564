package dev.oriel.capture;

import dev.oriel.capture.jpeg.Chroma;
import dev.oriel.capture.jpeg.QuarterDecoder;
import dev.oriel.capture.jpeg.StripeEncoders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Finds out what frames look like, so that the same picture is known again: by its bytes, or by what it shows.
 *
 * <p>Owns a decoder and its native memory until {@link #close()}. All methods are safe for many threads; one picture is
 * decoded at a time, and whoever comes meanwhile waits.
 */
public final class Fingerprints implements AutoCloseable {

    private final Vision vision;
    private final QuarterDecoder decoder;

    Fingerprints(Vision vision, StripeEncoders encoders) {
        this.vision = vision;
        this.decoder = encoders.openQuarterDecoder();
    }

    /**
     * Opens a decoder. Areas are in pixels of the picture, whatever its size; a picture of which nothing would be
     * looked at is refused. They reach to the next multiple of 8 pixels, and for colour to the next multiple of 16, as a
     * JPEG mixes the pixels between: a block that lies partly in an ignored area is ignored, one that lies partly in the
     * region is looked at.
     *
     * @param region the part of a picture to look at; all of it if empty
     * @param ignored what not to look at, a clock for example
     * @return to be closed by the caller
     */
    public static Fingerprints open(Optional<Area> region, List<Area> ignored) {
        return new Fingerprints(new Vision(region, ignored), StripeEncoders.detect());
    }

    /**
     * What a frame looks like. Decodes it at a quarter of its size: about 4 ms for 1920x1080. The decoder of the JDK, which
     * stands in where libjpeg-turbo is missing, is slower, and text in different JPEG qualities may not look
     * alike through it.
     *
     * @param frame held by the caller until this returns
     * @return takes memory of the heap alone
     * @throws IllegalStateException if this was closed, or nobody holds the frame
     * @throws IllegalArgumentException if nothing of it is looked at: the region lies outside, or an ignored area covers it
     */
    public Fingerprint of(Frame frame) {
        FrameInfo info = frame.info();
        vision.requireSight(info.width(), info.height());
        Chroma chroma = info.stripeHeight() == Chroma.TWO_BY_TWO.mcuSize() ? Chroma.TWO_BY_TWO : Chroma.EVERY_PIXEL;
        return read(frame, jpeg -> {
            synchronized (decoder) {
                var picture = decoder.decode(jpeg, info.width(), info.height(), chroma);
                vision.blank(picture);
                return new Fingerprint(picture, JpegNoise.of(info), vision);
            }
        });
    }

    /**
     * A key for the bytes of a frame. Reads them once and decodes nothing: well below a tenth of a millisecond.
     *
     * @param frame held by the caller until this returns
     * @return equal for frames with equal bytes, whatever their space and revision
     * @throws IllegalStateException if nobody holds the frame
     */
    public ContentKey keyOf(Frame frame) {
        return read(frame, jpeg -> {
            CRC32 low = new CRC32();
            CRC32C high = new CRC32C();
            for (ByteBuffer piece : jpeg) {
                low.update(piece.duplicate());
                high.update(piece.duplicate());
            }
            return new ContentKey(high.getValue() << 32 | low.getValue(), frame.sizeBytes());
        });
    }

    /** The only place in which the bytes of a frame are read here. */
    private static <R> R read(Frame frame, Function<List<ByteBuffer>, R> reading) {
        try (FrameReading bytes = frame.read()) {
            return reading.apply(bytes.buffers());
        }
    }

    /** Frees the decoder. Harmless when closed. */
    @Override
    public void close() {
        synchronized (decoder) {
            decoder.close();
        }
    }
}
