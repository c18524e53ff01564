package dev.oriel.capture;

import java.util.Optional;

/**
 * A picture made to measure, and where its pixels lie on the display. The pixel at column {@code x} of the picture begins
 * at {@code originX + x / scale}, and rows likewise; that is exact, for both directions have the same scale.
 *
 * @param info what the picture shows
 * @param frame the picture, with a hold of whoever got the answer; empty if they said that they have this revision
 * @param originX where the left edge of the picture lies on the display, in pixels
 * @param originY where the top edge of the picture lies on the display, in pixels
 * @param scale pixels of the picture for one pixel of the space, above 0
 */
public record PictureAnswer(FrameInfo info, Optional<Frame> frame, double originX, double originY, double scale)
        implements AutoCloseable {

    /** Ends the hold on the frame, if there is one. */
    @Override
    public void close() {
        frame.ifPresent(Frame::close);
    }
}
