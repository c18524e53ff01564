package dev.oriel.benchmarks;

import dev.oriel.benchmarks.MemoryProfileReport.Accuracy;
import dev.oriel.benchmarks.MemoryProfileReport.ComparedPicture;
import dev.oriel.benchmarks.MemoryProfileReport.LeftOutPicture;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** Whether the pictures that a server hands out are those of the screens. */
final class PictureCheck {

    private static final int TRIES = 5;

    private final ProfileScene scene;
    private final ProfiledServer server;
    private final List<ComparedPicture> compared = new ArrayList<>();
    private final List<LeftOutPicture> leftOut = new ArrayList<>();

    private PictureCheck(ProfileScene scene, ProfiledServer server) {
        this.scene = scene;
        this.server = server;
    }

    /** Looks at every space of which the server says that its picture is live. */
    static Accuracy of(ProfileScene scene, ProfiledServer server) throws InterruptedException {
        PictureCheck check = new PictureCheck(scene, server);
        for (JsonNode space : server.spaces()) {
            check.look(space);
        }
        boolean passed = !check.compared.isEmpty() && check.compared.stream().allMatch(ComparedPicture::equal);
        return new Accuracy(
                check.method(),
                PictureDifference.TOLERANCE,
                passed,
                List.copyOf(check.compared),
                List.copyOf(check.leftOut));
    }

    private String method() {
        return scene.displays().isEmpty()
                ? "the demo is drawn inside the server, so there is no screen to compare with: each live picture is a"
                        + " JPEG of the shape of its space"
                : "each live picture is compared with a screenshot that the display itself gave, scaled to its size,"
                        + " by the means of blocks of 16x16 pixels";
    }

    private void look(JsonNode space) throws InterruptedException {
        String id = space.path("id").asString();
        compare(space, id).ifPresent(why -> leftOut.add(new LeftOutPicture(id, why)));
    }

    /** Why it was not compared; empty if it was. */
    private Optional<String> compare(JsonNode space, String id) throws InterruptedException {
        Optional<String> display = scene.displayOf(id);
        if (!scene.displays().isEmpty() && display.isEmpty()) {
            return Optional.of("it is not known which display it lies on");
        }
        if (scene.altered().isPresent()) {
            return scene.altered();
        }
        Rectangle area = new Rectangle(
                space.path("x").asInt(),
                space.path("y").asInt(),
                space.path("width").asInt(),
                space.path("height").asInt());
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<BufferedImage> before = display.flatMap(name -> Screenshot.of(name, area));
            if (display.isPresent() && before.isEmpty()) {
                return Optional.of("its display keeps pixels in another form than this program reads");
            }
            HttpResponse<byte[]> response = server.picture(id);
            String state = response.headers().firstValue("X-Oriel-State").orElse("");
            if (response.statusCode() != 200) {
                return Optional.of("there is no picture of it at this level: status " + response.statusCode());
            }
            if (!state.equals("live")) {
                return Optional.of("its picture says of itself that it is " + state);
            }
            Optional<BufferedImage> after = display.flatMap(name -> Screenshot.of(name, area));
            if (before.isEmpty() || after.isEmpty() || isSame(before.get(), after.get())) {
                compared.add(compared(id, response, area, after));
                return Optional.empty();
            }
        }
        return Optional.of("it changed each time while it was looked at");
    }

    private static boolean isSame(BufferedImage one, BufferedImage other) {
        int width = one.getWidth();
        for (int y = 0; y < one.getHeight(); y++) {
            if (!Arrays.equals(
                    one.getRGB(0, y, width, 1, null, 0, width), other.getRGB(0, y, width, 1, null, 0, width))) {
                return false;
            }
        }
        return true;
    }

    private static ComparedPicture compared(
            String id, HttpResponse<byte[]> response, Rectangle area, Optional<BufferedImage> screen) {
        String quality = response.headers().firstValue("X-Oriel-Quality").orElse("");
        Optional<BufferedImage> decoded = decoded(response.body());
        if (decoded.isEmpty()) {
            return new ComparedPicture(id, quality, 0, 0, false, Optional.empty(), Optional.empty());
        }
        BufferedImage picture = decoded.get();
        int width = picture.getWidth();
        int height = picture.getHeight();
        if (screen.isEmpty()) {
            // Of the sides of a picture made smaller, one is rounded by up to a pixel.
            boolean shaped = Math.abs((double) area.height * width / area.width - height) <= 1;
            return new ComparedPicture(id, quality, width, height, shaped, Optional.empty(), Optional.empty());
        }
        PictureDifference difference = PictureDifference.of(screen.get(), picture);
        return new ComparedPicture(
                id,
                quality,
                width,
                height,
                difference.isWithinTolerance(),
                Optional.of(rounded(difference.largestSteps())),
                Optional.of(rounded(difference.decibels())));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Empty if it is no picture. */
    private static Optional<BufferedImage> decoded(byte[] jpeg) {
        try {
            return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(jpeg)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
