package dev.oriel.capture;

import java.util.List;
import java.util.Objects;

/**
 * One desktop space: a desktop of a window manager, a monitor, or a whole display.
 *
 * @param id the stable name
 * @param index the position among all spaces, from 1
 * @param label what people call it; never empty
 * @param area where it lies on its display, in pixels; empty when the source was never reached
 * @param active whether it is the one in front
 * @param state how far its picture can be believed
 * @param reason why it is in that state, for people to read; empty where there is nothing to say
 * @param windows what is in it, as far as the source can tell, in the order in which the windows were opened
 */
public record Space(
        SpaceId id,
        int index,
        String label,
        Area area,
        boolean active,
        SpaceState state,
        String reason,
        List<SpaceWindow> windows) {

    /**
     * Copies the list and checks the values.
     *
     * @throws IllegalArgumentException if {@code index} is below 1
     */
    public Space {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(area, "area");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        windows = List.copyOf(windows);
        if (index < 1) {
            throw new IllegalArgumentException("index counts from 1, was " + index);
        }
    }

    /**
     * A space about which no more is known.
     *
     * @param id the stable name
     * @param index the position among all spaces, from 1
     * @param label what people call it
     * @param area where it lies on its display
     * @param active whether it is the one in front
     * @param state how far its picture can be believed
     */
    public Space(SpaceId id, int index, String label, Area area, boolean active, SpaceState state) {
        this(id, index, label, area, active, state, "", List.of());
    }

    /**
     * How wide it is.
     *
     * @return pixels, 0 when the source was never reached
     */
    public int width() {
        return area.width();
    }

    /**
     * How high it is.
     *
     * @return pixels, 0 when the source was never reached
     */
    public int height() {
        return area.height();
    }

    /**
     * The same space at another position.
     *
     * @param newIndex from 1
     * @return a copy
     */
    public Space withIndex(int newIndex) {
        return new Space(id, newIndex, label, area, active, state, reason, windows);
    }

    /**
     * The same space in another state.
     *
     * @param newState how far its picture can be believed now
     * @param newReason why; may be empty
     * @return a copy
     */
    public Space withState(SpaceState newState, String newReason) {
        return new Space(id, index, label, area, active, newState, newReason, windows);
    }

    /**
     * The same space, in front or not.
     *
     * @param nowActive whether it is the one in front
     * @return a copy
     */
    public Space withActive(boolean nowActive) {
        return new Space(id, index, label, area, nowActive, state, reason, windows);
    }

    /**
     * The same space with other windows.
     *
     * @param newWindows what is in it now
     * @return a copy
     */
    public Space withWindows(List<SpaceWindow> newWindows) {
        return new Space(id, index, label, area, active, state, reason, newWindows);
    }
}
