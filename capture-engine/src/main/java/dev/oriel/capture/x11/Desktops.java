package dev.oriel.capture.x11;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The desktops of an EWMH window manager.
 *
 * @param names one for each desktop; never empty
 * @param current the one in front, from 0
 * @param managerWindow the window that lives as long as the window manager
 */
record Desktops(List<String> names, int current, int managerWindow) {

    static final String COUNT = "_NET_NUMBER_OF_DESKTOPS";
    static final String CURRENT = "_NET_CURRENT_DESKTOP";
    static final String NAMES = "_NET_DESKTOP_NAMES";
    static final String MANAGER = "_NET_SUPPORTING_WM_CHECK";

    /** The most that make sense; a window manager that claims more is not believed. */
    private static final int MOST = 256;

    /** Reads them from the root window; empty without a living window manager or with fewer than two desktops. */
    static Optional<Desktops> read(XConnection x) {
        int root = x.screen().root();
        OptionalInt manager = manager(x);
        int count = x.number(root, COUNT).orElse(0);
        if (manager.isEmpty() || count < 2 || count > MOST) {
            return Optional.empty();
        }
        int current = Math.max(0, Math.min(count - 1, x.number(root, CURRENT).orElse(0)));
        return Optional.of(new Desktops(names(x.texts(root, NAMES), count), current, manager.getAsInt()));
    }

    /** The window of the window manager; empty if none lives. */
    static OptionalInt manager(XConnection x) {
        OptionalInt told = x.number(x.screen().root(), MANAGER);
        return told.isPresent() && x.number(told.getAsInt(), MANAGER).equals(told) ? told : OptionalInt.empty();
    }

    private static List<String> names(List<String> given, int count) {
        String[] names = new String[count];
        for (int index = 0; index < count; index++) {
            boolean named = index < given.size() && !given.get(index).isBlank();
            names[index] = named ? given.get(index) : "Desktop " + (index + 1);
        }
        return List.of(names);
    }

    /** Whether a change of this property of the root window means reading again. */
    static boolean isTold(XConnection x, int atom) {
        return atom == x.atom(COUNT) || atom == x.atom(CURRENT) || atom == x.atom(NAMES) || atom == x.atom(MANAGER);
    }
}
