package dev.oriel.capture.x11;

/** The numbers of the events that we look at. */
final class XEvent {

    static final int CREATE = 16;
    static final int DESTROY = 17;
    static final int UNMAP = 18;
    static final int MAP = 19;
    static final int REPARENT = 21;
    static final int CONFIGURE = 22;
    static final int GRAVITY = 24;
    static final int PROPERTY = 28;

    /** Set in the number of an event that another program made up. */
    static final int SENT = 0x80;

    private XEvent() {}
}
