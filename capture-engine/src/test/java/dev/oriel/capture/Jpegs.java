package dev.oriel.capture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** JPEGs as other programs make and read them. */
public final class Jpegs {

    private Jpegs() {}

    /** What cjpeg makes of a picture, with a restart marker behind each row of MCUs. */
    public static byte[] cjpeg(Pixels pixels, int percent, String sampling) {
        List<String> words = List.of(
                "cjpeg",
                "-quality",
                Integer.toString(percent),
                "-sample",
                sampling,
                "-dct",
                "int",
                "-restart",
                "1",
                "-baseline");
        return Command.output(pixels.ppm(), Map.of(), words);
    }

    /** The pixels of a JPEG as the JDK reads them. */
    public static Pixels decode(byte[] jpeg) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
            int width = image.getWidth();
            int height = image.getHeight();
            int[] colors = image.getRGB(0, 0, width, height, null, 0, width);
            for (int index = 0; index < colors.length; index++) {
                colors[index] &= 0xFFFFFF;
            }
            return new Pixels(width, height, colors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What djpeg and ffmpeg have to say about a JPEG; empty if it pleases both. */
    public static String complaintsAbout(byte[] jpeg) {
        Command.Result djpeg = Command.run(jpeg, Map.of(), List.of("djpeg"));
        Command.Result ffmpeg =
                Command.run(jpeg, Map.of(), List.of("ffmpeg", "-v", "error", "-i", "-", "-f", "null", "-"));
        String status = djpeg.status() == 0 && ffmpeg.status() == 0 ? "" : "refused ";
        return status + djpeg.complaints() + ffmpeg.complaints();
    }
}
