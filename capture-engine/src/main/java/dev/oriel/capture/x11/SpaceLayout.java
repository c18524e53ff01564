package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds the spaces of a display, and knows which events mean looking again. Belongs to the thread of its connection. */
final class SpaceLayout {

    private static final int MOST_ID_CHARACTERS = 64;

    private final XConnection x;
    private final SpaceKind kind;
    private final Optional<Monitors> monitors;
    private OptionalInt managerWindow = OptionalInt.empty();
    private boolean wholeDisplay = true;

    SpaceLayout(XConnection x, SpaceKind kind) {
        this.x = x;
        this.kind = kind;
        this.monitors = kind == SpaceKind.MONITORS ? Monitors.watch(x) : Optional.empty();
    }

    /** Whether an event may have changed the spaces. */
    boolean isChangedBy(Pointer event, int type) {
        return switch (kind) {
            case DESKTOPS ->
                isEndOfManager(event, type) || (isOfRoot(event, type) && Desktops.isTold(x, event.getInt(8)));
            case MONITORS -> monitors.filter(watched -> watched.isChange(type)).isPresent();
            case DISPLAYS -> false;
        };
    }

    private boolean isEndOfManager(Pointer event, int type) {
        return type == XEvent.DESTROY && managerWindow.equals(OptionalInt.of(event.getInt(8)));
    }

    /** Whether the spaces may change without an event, as monitors do that were made up with {@code --setmonitor}. */
    boolean changesUntold() {
        return monitors.isPresent();
    }

    /** Whether an event means that another space came to the front, or the same one again. */
    boolean isSwitch(Pointer event, int type) {
        return kind == SpaceKind.DESKTOPS && isOfRoot(event, type) && event.getInt(8) == x.atom(Desktops.CURRENT);
    }

    private boolean isOfRoot(Pointer event, int type) {
        return type == XEvent.PROPERTY && event.getInt(4) == x.screen().root();
    }

    /** The spaces of a root window of this size. */
    List<Space> read(Area root) {
        List<Space> found = switch (kind) {
            case DESKTOPS -> desktops(root);
            case MONITORS -> monitors(root);
            case DISPLAYS -> List.of();
        };
        wholeDisplay = found.isEmpty();
        return wholeDisplay ? List.of(wholeDisplay(x.display(), root, SpaceState.LIVE)) : found;
    }

    private List<Space> desktops(Area root) {
        List<Space> found = new ArrayList<>();
        Desktops.read(x).ifPresent(desktops -> {
            managerWindow = OptionalInt.of(desktops.managerWindow());
            x.watch(desktops.managerWindow());
            for (int index = 0; index < desktops.names().size(); index++) {
                boolean current = index == desktops.current();
                Space space = new Space(
                        idOf(x.display(), Integer.toString(index + 1)),
                        index + 1,
                        desktops.names().get(index),
                        root,
                        current,
                        SpaceState.LIVE);
                found.add(
                        current
                                ? space
                                : space.withState(
                                        SpaceState.STALE,
                                        "another desktop is in front; this is the last picture seen"));
            }
        });
        return found;
    }

    private List<Space> monitors(Area root) {
        List<Monitors.Monitor> told = monitors.map(Monitors::read).orElse(List.of()).stream()
                .filter(monitor -> monitor.area().intersection(root).equals(monitor.area()))
                .toList();
        boolean anyPrimary = told.stream().anyMatch(Monitors.Monitor::primary);
        Set<SpaceId> ids = new HashSet<>();
        List<Space> found = new ArrayList<>();
        for (Monitors.Monitor monitor : told) {
            int index = found.size() + 1;
            String label = monitor.name().isBlank() ? "Monitor " + index : monitor.name();
            SpaceId named = idOf(x.display(), label);
            SpaceId id = ids.add(named) ? named : idOf(x.display(), Integer.toString(index));
            boolean active = anyPrimary ? monitor.primary() : index == 1;
            found.add(new Space(id, index, label, monitor.area(), active, SpaceState.LIVE));
        }
        return found;
    }

    /** Whether windows come to another space when they are moved. */
    boolean placesMatter() {
        return kind == SpaceKind.MONITORS;
    }

    /** The same spaces with what is in them. */
    List<Space> withWindows(List<Space> spaces, List<WindowList.Listed> windows) {
        return spaces.stream()
                .map(space -> space.withWindows(windows.stream()
                        .filter(listed -> isIn(listed, space))
                        .map(WindowList.Listed::window)
                        .toList()))
                .toList();
    }

    private boolean isIn(WindowList.Listed listed, Space space) {
        if (wholeDisplay) {
            return true;
        }
        return switch (kind) {
            case DESKTOPS -> listed.desktop() == WindowList.ALL_DESKTOPS || listed.desktop() == space.index() - 1;
            case MONITORS ->
                !new Area(listed.centerX(), listed.centerY(), 1, 1)
                        .intersection(space.area())
                        .isEmpty();
            case DISPLAYS -> true;
        };
    }

    /** The display itself as a space. */
    static Space wholeDisplay(String display, Area root, SpaceState state) {
        return new Space(new SpaceId(idOf(display)), 1, "Display " + display, root, true, state);
    }

    private static SpaceId idOf(String display, String part) {
        String id = idOf(display) + "-" + part.replaceAll("[^A-Za-z0-9.-]", "_");
        return new SpaceId(id.substring(0, Math.min(id.length(), MOST_ID_CHARACTERS)));
    }

    private static String idOf(String display) {
        String name = display.endsWith(".0") ? display.substring(0, display.length() - 2) : display;
        return "x11-" + (name.startsWith(":") ? name.substring(1) : name).replaceAll("[^A-Za-z0-9.-]", "_");
    }
}
