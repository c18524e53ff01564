package dev.oriel.capture;

/** A picture that was asked for could be made, but not now; asking again later may help. */
public final class PictureRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PictureRefusedException(String message) {
        super(message, null, false, false);
    }
}
