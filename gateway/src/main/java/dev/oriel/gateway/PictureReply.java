package dev.oriel.gateway;

import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.PictureAnswer;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceState;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A picture as it is answered.
 *
 * @param frame with a hold that goes along; empty if the client has it
 * @param scale pixels of the picture for one of the space, as a decimal number
 * @param origin where on the display the corner of the picture lies, as two decimal numbers
 */
record PictureReply(FrameInfo info, Optional<Frame> frame, SpaceState state, String etag, String scale, String origin)
        implements AutoCloseable {

    /** Of a picture of a whole space; takes over its hold. */
    static PictureReply of(Pictures.Picture picture, Space space, String etag, boolean isKnown) {
        FrameInfo info = picture.frame().info();
        if (isKnown) {
            picture.frame().close();
        }
        return new PictureReply(
                info,
                isKnown ? Optional.empty() : Optional.of(picture.frame()),
                picture.state(),
                etag,
                decimal(scale(info, space)),
                space.area().x() + "," + space.area().y());
    }

    /** A picture of native size is told by its quality: the space may have had another size when it was taken. */
    private static double scale(FrameInfo info, Space space) {
        return switch (info.quality()) {
            case FULL, OPTIMIZED -> 1;
            case FAST, THUMBNAIL -> space.width() > 0 ? info.width() / (double) space.width() : 1;
        };
    }

    /** Of a picture made to measure; takes over its hold. */
    static PictureReply of(MeasuredPictures.Measured measured, String etag) {
        PictureAnswer answer = measured.answer();
        return new PictureReply(
                answer.info(), answer.frame(), measured.state(), etag, decimal(answer.scale()), origin(answer));
    }

    /** Where the corner lies: whole pixels of the display, unless the picture was made of a smaller one. */
    static String origin(PictureAnswer answer) {
        return decimal(answer.originX()) + "," + decimal(answer.originY());
    }

    /** All digits that there are, never with an exponent. */
    static String decimal(double number) {
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        return decimal.toPlainString();
    }

    @Override
    public void close() {
        frame.ifPresent(Frame::close);
    }
}
