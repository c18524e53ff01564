package dev.oriel.capture;

import java.time.Instant;
import java.util.Optional;

/**
 * How a view is made of the pixels at hand, be they those of the space or of a smaller picture of it.
 *
 * @param crop in these pixels
 * @param rowWidth how many of them a row has
 * @param rendition from the crop to the result
 * @param originX where the crop begins on the display
 * @param originY where the crop begins on the display
 * @param scale pixels of the result for one pixel of the space
 */
record ViewPlan(Area crop, int rowWidth, Rendition rendition, double originX, double originY, double scale) {

    /** Of the screen itself. */
    static ViewPlan ofSpace(PictureRequest request, Space space, CaptureSettings settings) {
        return of(request, space.area(), space.width(), space.height(), settings);
    }

    /**
     * Of a picture that was taken before. One of native size tells how large the space was then.
     *
     * @throws CropOutsideException if the view shows what is not there
     */
    static ViewPlan ofFrame(PictureRequest request, Space space, FrameInfo frame, CaptureSettings settings) {
        boolean isNativeSize = switch (frame.quality()) {
            case FULL, OPTIMIZED -> true;
            case FAST, THUMBNAIL -> space.area().isEmpty();
        };
        Area seen = isNativeSize
                ? new Area(space.area().x(), space.area().y(), frame.width(), frame.height())
                : space.area();
        return of(request, seen, frame.width(), frame.height(), settings);
    }

    private static ViewPlan of(PictureRequest request, Area space, int width, int height, CaptureSettings settings) {
        double scaleX = width / (double) space.width();
        double scaleY = height / (double) space.height();
        Area asked = request.view().cropOf(space.width(), space.height());
        Area crop = grown(asked, space, width, height);
        Quality quality = request.quality().orWorse(request.ceiling());
        Rendition coding = Rendition.of(quality, space.width(), space.height(), settings, request.jpegReduction());
        Rendition rendition =
                coding.ofPart(crop, request.view().sizeOf(crop, bound(request.ceiling(), space, settings)));
        return new ViewPlan(
                crop,
                width,
                rendition,
                space.x() + crop.x() / scaleX,
                space.y() + crop.y() / scaleY,
                rendition.longEdgeScale() * scaleX);
    }

    /** Whole pixels of the picture at hand that show all that was asked for. */
    private static Area grown(Area asked, Area space, int width, int height) {
        int left = (int) ((long) asked.x() * width / space.width());
        int top = (int) ((long) asked.y() * height / space.height());
        int right = (int) (((long) (asked.x() + asked.width()) * width + space.width() - 1) / space.width());
        int bottom = (int) (((long) (asked.y() + asked.height()) * height + space.height() - 1) / space.height());
        return new Area(left, top, right - left, bottom - top);
    }

    private static Optional<Fit> bound(Quality ceiling, Area space, CaptureSettings settings) {
        Rendition whole = Rendition.of(ceiling, space.width(), space.height(), settings, 0);
        return switch (ceiling) {
            case FULL, OPTIMIZED -> Optional.empty();
            case FAST, THUMBNAIL ->
                Optional.of(
                        Fit.box(Math.min(whole.width(), Fit.LONGEST_SIDE), Math.min(whole.height(), Fit.LONGEST_SIDE)));
        };
    }

    FrameInfo info(SpaceId space, long revision, Instant capturedAt) {
        return rendition.info(space, revision, capturedAt);
    }

    PictureAnswer answer(FrameInfo info, Optional<Frame> frame) {
        return new PictureAnswer(info, frame, originX, originY, scale);
    }
}
