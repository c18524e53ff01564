package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureViewTest {

    private static final SpaceId ID = new SpaceId("s-1");
    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();
    private static final PictureView WHOLE = new PictureView(Optional.empty(), 1, Optional.empty());

    private static PictureView view(Area crop, int zoom, Fit fit) {
        return new PictureView(Optional.of(crop), zoom, Optional.of(fit));
    }

    private static Space space(int x, int y, int width, int height) {
        return new Space(ID, 1, "S", new Area(x, y, width, height), true, SpaceState.LIVE);
    }

    private static ViewPlan plan(Space space, PictureView view, Quality quality, Quality ceiling) {
        return ViewPlan.ofSpace(new PictureRequest(ID, view, quality, ceiling, 0), space, SETTINGS);
    }

    private static ViewPlan ofHeld(Space space, PictureView view, int width, int height, Quality quality) {
        FrameInfo info = new FrameInfo(ID, 1, Instant.EPOCH, width, height, quality, 70, 16);
        return ViewPlan.ofFrame(new PictureRequest(ID, view, Quality.FULL, Quality.FULL, 0), space, info, SETTINGS);
    }

    @Test
    void theCropLiesInsideTheSpace() {
        for (Area inside : List.of(new Area(0, 0, 640, 400), new Area(639, 399, 1, 1), new Area(5, 6, 7, 8))) {
            assertThat(view(inside, 1, Fit.MODEL).cropOf(640, 400)).isEqualTo(inside);
        }
        assertThat(WHOLE.cropOf(640, 400)).isEqualTo(new Area(0, 0, 640, 400));
    }

    @Test
    void aCropThatIsEmptyOrNotInsideIsNamedWithTheSizeOfTheSpace() {
        for (Area outside : List.of(
                new Area(0, 0, 641, 400),
                new Area(0, 0, 640, 401),
                new Area(-1, 0, 10, 10),
                new Area(0, -1, 10, 10),
                new Area(640, 0, 1, 1),
                new Area(99_999, 0, 99_999, 1),
                new Area(0, 0, 0, 10),
                new Area(0, 0, 10, 0))) {
            assertThatExceptionOfType(CropOutsideException.class)
                    .isThrownBy(() -> view(outside, 1, Fit.MODEL).cropOf(640, 400))
                    .withMessageStartingWith("crop is " + outside.x() + "," + outside.y() + "," + outside.width() + ","
                            + outside.height() + "; allowed: ")
                    .withMessageEndingWith("640x400 pixels");
        }
    }

    @Test
    void theZoomIsOneToEight() {
        for (int zoom : new int[] {-1, 0, 9}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PictureView(Optional.empty(), zoom, Optional.empty()))
                    .withMessageContaining("was " + zoom);
        }
    }

    @Test
    void aRequestChecksItsReduction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureRequest(ID, WHOLE, Quality.FULL, Quality.FULL, 100))
                .withMessageContaining("was 100");
    }

    @Test
    void enlargesBeforeItFits() {
        Rendition rendition = plan(
                        space(0, 0, 1920, 1080),
                        view(new Area(10, 20, 400, 300), 8, Fit.box(1600, 1600)),
                        Quality.OPTIMIZED,
                        Quality.FULL)
                .rendition();
        assertThat(rendition)
                .isEqualTo(new Rendition(
                        Quality.OPTIMIZED, 400, 300, 1600, 1200, 85, dev.oriel.capture.jpeg.Chroma.TWO_BY_TWO));
    }

    @Test
    void theSizeOfTheQualityDoesNotCountButItsPercentDoes() {
        for (Quality quality : Quality.values()) {
            Rendition rendition =
                    plan(space(0, 0, 1920, 1080), WHOLE, quality, Quality.FULL).rendition();
            Rendition usual = Rendition.of(quality, 1920, 1080, SETTINGS, 0);
            assertThat(rendition)
                    .isEqualTo(new Rendition(quality, 1920, 1080, 1920, 1080, usual.jpegPercent(), usual.chroma()));
        }
    }

    @Test
    void nobodyGetsMoreThanTheCeilingAllows() {
        PictureView zoomed = view(new Area(0, 0, 960, 540), 2, Fit.ANY);
        Space space = space(0, 0, 1920, 1080);
        Rendition fast = plan(space, zoomed, Quality.FULL, Quality.FAST).rendition();
        assertThat(List.of(fast.quality(), fast.width(), fast.height(), fast.jpegPercent()))
                .containsExactly(Quality.FAST, 960, 540, 70);
        Rendition thumbnail =
                plan(space, zoomed, Quality.FAST, Quality.THUMBNAIL).rendition();
        assertThat(List.of(thumbnail.quality(), thumbnail.width(), thumbnail.height()))
                .containsExactly(Quality.THUMBNAIL, 400, 225);
        Rendition optimized =
                plan(space, zoomed, Quality.FULL, Quality.OPTIMIZED).rendition();
        assertThat(List.of(optimized.quality(), optimized.width(), optimized.height()))
                .containsExactly(Quality.OPTIMIZED, 1920, 1080);
        Rendition asked = plan(space, view(new Area(0, 0, 9, 9), 1, Fit.ANY), Quality.THUMBNAIL, Quality.FAST)
                .rendition();
        assertThat(asked.width()).isEqualTo(9);
    }

    @Test
    void noPictureIsLongerThanTheLongestSide() {
        Rendition rendition = plan(
                        space(0, 0, 5120, 1440),
                        new PictureView(Optional.empty(), 8, Optional.empty()),
                        Quality.FULL,
                        Quality.FULL)
                .rendition();
        assertThat(rendition.width()).isEqualTo(8192);
        assertThat(rendition.height()).isEqualTo(2304);
    }

    @Test
    void everyClickLandsWhereItPoints() {
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            Space space = space(
                    random.nextInt(4000), random.nextInt(4000), 200 + random.nextInt(4000), 200 + random.nextInt(2000));
            int width = 1 + random.nextInt(space.width());
            int height = 1 + random.nextInt(space.height());
            Area crop = new Area(
                    random.nextInt(space.width() - width + 1),
                    random.nextInt(space.height() - height + 1),
                    width,
                    height);
            Fit fit = round % 2 == 0 ? Fit.MODEL : Fit.box(1 + random.nextInt(1500), 1 + random.nextInt(1500));
            ViewPlan plan = plan(space, view(crop, 1 + random.nextInt(8), fit), Quality.FULL, Quality.FULL);
            Rendition rendition = plan.rendition();
            /* The pixels of the scaler are squares of the crop with sides of 1 / scale, see AreaScalerTest. */
            double side = Math.max(width, height) / (double) Math.max(rendition.width(), rendition.height());
            for (double at : new double[] {0, 0.5, 1}) {
                double xInPicture = at * rendition.width();
                double yInPicture = at * rendition.height();
                assertThat(plan.originX() + xInPicture / plan.scale())
                        .isCloseTo(space.area().x() + crop.x() + xInPicture * side, within(1e-6));
                assertThat(plan.originY() + yInPicture / plan.scale())
                        .isCloseTo(space.area().y() + crop.y() + yInPicture * side, within(1e-6));
            }
        }
    }

    @Test
    void ofASmallerPictureItShowsWholePixelsAndSaysWhereTheyLie() {
        ViewPlan plan = ofHeld(
                space(100, 50, 1920, 1080), view(new Area(481, 0, 100, 100), 1, Fit.ANY), 400, 225, Quality.THUMBNAIL);

        assertThat(plan.crop()).isEqualTo(new Area(100, 0, 22, 21));
        assertThat(plan.rowWidth()).isEqualTo(400);
        assertThat(plan.scale()).isCloseTo(400 / 1920.0, within(1e-12));
        assertThat(plan.originX()).isCloseTo(100 + 480, within(1e-9));
        assertThat(plan.originY()).isEqualTo(50);
    }

    @Test
    void aPictureOfNativeSizeTellsHowLargeTheSpaceWas() {
        PictureView corner = view(new Area(1000, 700, 24, 68), 1, Fit.ANY);
        assertThat(ofHeld(space(0, 0, 640, 400), corner, 1024, 768, Quality.OPTIMIZED)
                        .crop())
                .isEqualTo(new Area(1000, 700, 24, 68));
        assertThat(ofHeld(space(0, 0, 0, 0), corner, 1024, 768, Quality.FAST).scale())
                .isEqualTo(1);
    }
}
