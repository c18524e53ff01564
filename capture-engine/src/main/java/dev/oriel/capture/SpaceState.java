package dev.oriel.capture;

/** How far the picture of a space can be believed. The order is part of the feed format. */
public enum SpaceState {
    /** The space is on screen and can be read. */
    LIVE,
    /** The space is hidden: its picture is the last one seen. */
    STALE,
    /** The source of the space is gone; it turns live again when the source comes back. */
    LOST,
    /** The operating system does not let us read the space. */
    DENIED;

    /**
     * The number that stands for this state in the feed.
     *
     * @return 0 to 3
     */
    public int code() {
        return ordinal();
    }
}
