package dev.oriel.pressure;

import java.util.Arrays;
import java.util.Optional;

/**
 * How short of memory the machine is, from good to bad. A level says how severe it is, never why: the causes stand in
 * {@link PressureReading}. An unknown level is an empty {@link Optional}, not a constant.
 */
public enum PressureLevel {
    /** Memory is plentiful. */
    GREEN,
    /** Memory is getting scarce: what is cheap to give up should go. */
    YELLOW,
    /** Memory is nearly gone, or work already stands still for want of it. */
    RED;

    /**
     * Tells whether this level is as severe as another, or worse.
     *
     * @param other the level to compare with
     * @return true if this level is {@code other} or worse
     */
    public boolean isAtLeast(PressureLevel other) {
        return compareTo(other) >= 0;
    }

    /**
     * Reads a level from its name, in any case and with blanks around it.
     *
     * @param text the name of a level
     * @return the level, or empty if no level has this name
     */
    public static Optional<PressureLevel> parse(String text) {
        String name = text.strip();
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
