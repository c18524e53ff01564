package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.Redaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/*
 * The server tells each change of a window before it answers a question that is asked later, for its pixels too. So the
 * events that came before an image say which windows that image shows, and where; nothing is asked at that moment. A
 * window of which it is not known what it is, because it is new or has just changed its title, counts as secret. It is
 * asked when the next rows are wanted (settle); rows that were read before are thrown away, since what it is now is not
 * what it was then. One that changes its title without a pause would have everything thrown away for ever, so it stays
 * hidden until it is quiet.
 *
 * Windows above a secret one are not taken out of its area: they may be shaped or see-through.
 */
/** The windows that match a rule, and the areas of the root window that they cover. Belongs to the thread of its connection. */
final class SecretWindows {

    /** How long the place that a secret window left stays hidden: until what was below had time to paint over it. */
    static final Duration LINGER = Duration.ofMillis(500);

    /** A window that says something new so soon after it was asked is not asked again until it has been quiet. */
    static final Duration RESTLESS = Duration.ofMillis(30);

    private static final Area EVERYWHERE = new Area(0, 0, 0xFFFF, 0xFFFF);
    private static final int INPUT_ONLY = 2;
    private static final int UNMAPPED = 0;

    private static final int MOST_LEFT_PLACES = 16;

    private final XConnection x;
    private final Redaction rules;
    private final LongSupplier nanoTime;
    private final Map<Integer, TopLevel> topLevels = new LinkedHashMap<>();
    private final Deque<LeftPlace> leftPlaces = new ArrayDeque<>();
    private List<Area> hidden = List.of();
    private boolean unsettled = true;

    /** A child of the root window: an application's own, or the frame around it. */
    private static final class TopLevel {
        Area area = EVERYWHERE;
        boolean mapped;
        boolean popup;
        boolean hasPixels = true;
        boolean asked;
        long askedAt;
        boolean restless;
        long quietAt;
        boolean secret;
        List<ClientWindow> clients = List.of();

        boolean isHidden() {
            return mapped && hasPixels && (secret || !asked);
        }
    }

    private record LeftPlace(Area area, long until) {}

    /** The children of the root window are to be watched already. */
    SecretWindows(XConnection x, Redaction rules, LongSupplier nanoTime) {
        this.x = x;
        this.rules = rules;
        this.nanoTime = nanoTime;
        for (int window : x.children(x.askForChildren(x.screen().root()))) {
            TopLevel found = new TopLevel();
            topLevels.put(window, found);
            x.reply(Xcb.xcb_get_window_attributes(x.handle(), window)).ifPresent(reply -> {
                found.mapped = reply.getByte(26) != UNMAPPED;
                XConnection.free(reply);
            });
        }
    }

    /** Takes in an event; true if what was read before may show what must not be seen. */
    boolean takeIn(Pointer event) {
        int window = event.getInt(8);
        boolean fromRoot = event.getInt(4) == x.screen().root();
        return switch (event.getByte(0) & 0xFF) {
            case XEvent.CREATE -> fromRoot && create(window, event);
            case XEvent.MAP -> fromRoot && change(window, topLevel -> topLevel.mapped = true);
            case XEvent.UNMAP -> fromRoot && change(window, topLevel -> topLevel.mapped = false);
            case XEvent.CONFIGURE ->
                fromRoot
                        && change(window, topLevel -> {
                            int border = 2 * (event.getShort(24) & 0xFFFF);
                            topLevel.area = areaAt(event, 16, border);
                        });
            case XEvent.GRAVITY ->
                fromRoot
                        && change(
                                window,
                                topLevel -> topLevel.area = new Area(
                                        event.getShort(12),
                                        event.getShort(14),
                                        topLevel.area.width(),
                                        topLevel.area.height()));
            case XEvent.DESTROY -> destroy(window);
            case XEvent.REPARENT -> reparent(window, event.getInt(12));
            case XEvent.PROPERTY -> !fromRoot && tellsMore(window) && doubt(event.getInt(4));
            default -> false;
        };
    }

    private static Area areaAt(Pointer event, int offset, int border) {
        return new Area(
                event.getShort(offset),
                event.getShort(offset + 2),
                (event.getShort(offset + 4) & 0xFFFF) + border,
                (event.getShort(offset + 6) & 0xFFFF) + border);
    }

    private interface Change {
        void on(TopLevel topLevel);
    }

    private boolean change(int window, Change change) {
        TopLevel topLevel = topLevels.get(window);
        return topLevel != null && change(topLevel, change);
    }

    private boolean change(TopLevel topLevel, Change change) {
        boolean wasHidden = topLevel.isHidden();
        Area before = topLevel.area;
        change.on(topLevel);
        boolean moved = !topLevel.area.equals(before);
        if (wasHidden && (moved || !topLevel.isHidden())) {
            leave(before);
        }
        boolean changed = wasHidden != topLevel.isHidden() || (wasHidden && moved);
        unsettled |= changed;
        return changed;
    }

    private void leave(Area area) {
        leftPlaces.removeIf(place -> place.area().equals(area));
        leftPlaces.add(new LeftPlace(area, nanoTime.getAsLong() + LINGER.toNanos()));
        if (leftPlaces.size() > MOST_LEFT_PLACES) {
            LeftPlace oldest = leftPlaces.remove();
            LeftPlace next = leftPlaces.remove();
            leftPlaces.addFirst(new LeftPlace(around(oldest.area(), next.area()), next.until()));
        }
    }

    private static Area around(Area one, Area other) {
        int left = Math.min(one.x(), other.x());
        int top = Math.min(one.y(), other.y());
        int right = Math.max(one.x() + one.width(), other.x() + other.width());
        int bottom = Math.max(one.y() + one.height(), other.y() + other.height());
        return new Area(left, top, right - left, bottom - top);
    }

    private boolean create(int window, Pointer event) {
        TopLevel created = new TopLevel();
        created.area = areaAt(event, 12, 2 * (event.getShort(20) & 0xFFFF));
        topLevels.put(window, created);
        unsettled = true;
        return false;
    }

    private boolean destroy(int window) {
        boolean changed = change(window, topLevel -> topLevel.mapped = false);
        topLevels.remove(window);
        return changed;
    }

    /** A window that is mapped is unmapped, moved, and mapped again, and the server tells all three. */
    private boolean reparent(int window, int parent) {
        if (parent == x.screen().root()) {
            boolean changed = doubtHoldersOf(window);
            topLevels.put(window, new TopLevel());
            unsettled = true;
            return changed;
        }
        boolean changed = destroy(window);
        TopLevel frame = topLevels.get(parent);
        boolean inDoubt = frame == null ? doubtAll() : doubt(frame);
        return changed || inDoubt;
    }

    private boolean tellsMore(int property) {
        return property == x.atom(ClientWindow.CLASS)
                || property == x.atom(ClientWindow.TRANSIENT_FOR)
                || (rules.dependsOnTitles()
                        && (property == x.atom(ClientWindow.TITLE) || property == x.atom(ClientWindow.OLD_TITLE)));
    }

    private boolean doubt(int window) {
        TopLevel topLevel = topLevels.get(window);
        boolean changed = topLevel != null && doubt(topLevel);
        boolean known = topLevel != null || topLevels.values().stream().anyMatch(holder -> holds(holder, window));
        boolean others = known ? doubtHoldersOf(window) : doubtAll();
        return changed || others;
    }

    private static boolean holds(TopLevel topLevel, int window) {
        return topLevel.clients.stream().anyMatch(client -> client.id() == window);
    }

    private boolean doubtHoldersOf(int window) {
        boolean changed = false;
        for (TopLevel topLevel : topLevels.values()) {
            changed |= holds(topLevel, window) && doubt(topLevel);
        }
        return changed;
    }

    private boolean doubtAll() {
        boolean changed = false;
        for (TopLevel topLevel : topLevels.values()) {
            changed |= doubt(topLevel);
        }
        return changed;
    }

    /** What belongs to this window may have to be hidden too, even if the window itself is not to be seen. */
    private boolean doubt(TopLevel topLevel) {
        long now = nanoTime.getAsLong();
        boolean changed = topLevel.asked;
        topLevel.restless |= changed && now - topLevel.askedAt < RESTLESS.toNanos();
        topLevel.quietAt = now + LINGER.toNanos();
        unsettled |= changed || !topLevel.restless;
        topLevel.asked = false;
        return changed;
    }

    private boolean isToBeAsked(TopLevel topLevel) {
        topLevel.restless &= topLevel.quietAt - nanoTime.getAsLong() > 0;
        return !topLevel.asked && !topLevel.restless;
    }

    /** Lets go of places that were left long enough ago, and of windows that are quiet now; true if there were any. */
    boolean forgetLeftPlaces() {
        boolean forgotten = leftPlaces.removeIf(place -> place.until() - nanoTime.getAsLong() <= 0);
        for (TopLevel topLevel : topLevels.values()) {
            forgotten |= topLevel.restless && isToBeAsked(topLevel);
        }
        unsettled |= forgotten;
        return forgotten;
    }

    /** How long until there is a place to let go of; very long if there is none. */
    long nanosUntilForgetting() {
        long now = nanoTime.getAsLong();
        long soonest = leftPlaces.isEmpty() ? Long.MAX_VALUE : leftPlaces.peek().until() - now;
        for (TopLevel topLevel : topLevels.values()) {
            soonest = topLevel.restless ? Math.min(soonest, topLevel.quietAt - now) : soonest;
        }
        return soonest;
    }

    /** Whether the hidden areas are not known for certain. */
    boolean isUnsettled() {
        return unsettled;
    }

    /**
     * Finds out what is to be hidden now.
     *
     * @return the areas that were hidden and are not any more, or the other way round
     */
    List<Area> settle() {
        if (!unsettled) {
            return List.of();
        }
        unsettled = false;
        for (Map.Entry<Integer, TopLevel> entry : topLevels.entrySet()) {
            if (isToBeAsked(entry.getValue())) {
                ask(entry.getKey(), entry.getValue());
            }
        }
        markSecret();
        List<Area> now = Stream.concat(
                        topLevels.values().stream().filter(TopLevel::isHidden).map(topLevel -> topLevel.area),
                        leftPlaces.stream().map(LeftPlace::area))
                .toList();
        Set<Area> changed = new HashSet<>(now);
        hidden.forEach(area -> {
            if (!changed.remove(area)) {
                changed.add(area);
            }
        });
        hidden = now;
        return List.copyOf(changed);
    }

    private void ask(int window, TopLevel topLevel) {
        topLevel.asked = true;
        topLevel.askedAt = nanoTime.getAsLong();
        x.reply(Xcb.xcb_get_window_attributes(x.handle(), window)).ifPresent(reply -> {
            topLevel.hasPixels = reply.getShort(12) != INPUT_ONLY;
            topLevel.popup = reply.getByte(27) != 0;
            XConnection.free(reply);
        });
        if (topLevel.area.equals(EVERYWHERE)) {
            x.reply(Xcb.xcb_get_geometry(x.handle(), window)).ifPresent(reply -> {
                topLevel.area = areaAt(reply, 12, 2 * (reply.getShort(20) & 0xFFFF));
                XConnection.free(reply);
            });
        }
        List<Integer> windows = ClientWindow.idsIn(x, window);
        windows.forEach(x::watch);
        topLevel.clients = ClientWindow.askAll(x, windows).stream()
                .filter(client -> client.id() == window || !client.saysNothing())
                .toList();
    }

    private void markSecret() {
        Set<Integer> secrets = new HashSet<>();
        boolean more;
        do {
            more = false;
            for (TopLevel topLevel : topLevels.values()) {
                for (ClientWindow client : topLevel.clients) {
                    more |= isSecret(client, topLevel, secrets) && secrets.add(client.id());
                }
            }
        } while (more);
        for (TopLevel topLevel : topLevels.values()) {
            boolean secret = topLevel.clients.stream().anyMatch(client -> secrets.contains(client.id()));
            if (topLevel.secret && !secret && topLevel.mapped) {
                leave(topLevel.area);
            }
            topLevel.secret = secret;
        }
    }

    private boolean isSecret(ClientWindow client, TopLevel topLevel, Set<Integer> secrets) {
        return rules.hides(client.application(), client.titles())
                || secrets.contains(client.transientFor())
                || (belongsToItsProgram(client, topLevel)
                        && secrets.stream().anyMatch(secret -> x.haveOneOwner(secret, client.id())));
    }

    /** A menu, say, or a dialog for no window that can be seen: it may be of any window of its program. */
    private boolean belongsToItsProgram(ClientWindow client, TopLevel topLevel) {
        boolean ofNoWindow = client.transientFor() != 0
                && topLevels.values().stream().noneMatch(other -> other.mapped && holds(other, client.transientFor()));
        boolean noFrame = topLevel.clients.size() == 1;
        return ofNoWindow || (topLevel.popup && noFrame);
    }

    /** The areas of the root window to be hidden, as of {@link #settle}. */
    List<Area> hidden() {
        return hidden;
    }

    /** Whether nothing may be told of a window. To be called when settled; a window that is not known is secret too. */
    boolean isSecret(ClientWindow window) {
        return rules.hides(window.application(), window.titles())
                || topLevels.values().stream().noneMatch(topLevel -> !topLevel.secret && holds(topLevel, window.id()));
    }
}
