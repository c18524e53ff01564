package dev.oriel.capture;

/** The connection to a source of pixels ended, or could not be made. The engine marks the spaces of the source and tries again. */
public final class SourceLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SpaceState state;

    /**
     * The source is gone or does not answer.
     *
     * @param message one line that names the source and what is wrong
     */
    public SourceLostException(String message) {
        this(message, SpaceState.LOST);
    }

    private SourceLostException(String message, SpaceState state) {
        super(message);
        this.state = state;
    }

    /**
     * The source is there and does not let us read it.
     *
     * @param message one line that names the source and what it refused
     * @return to be thrown
     */
    public static SourceLostException denied(String message) {
        return new SourceLostException(message, SpaceState.DENIED);
    }

    /**
     * What the spaces of the source are now.
     *
     * @return {@link SpaceState#LOST} or {@link SpaceState#DENIED}
     */
    public SpaceState state() {
        return state;
    }
}
