package dev.oriel.capture.x11;

/** What counts as a space on an X display. */
public enum SpaceKind {
    /** Each desktop of an EWMH window manager; where there are not at least two, the display. */
    DESKTOPS,
    /** Each monitor that RANDR tells of; where it tells of none, the display. */
    MONITORS,
    /** The whole display. */
    DISPLAYS
}
