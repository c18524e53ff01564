package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.SpaceWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The windows of a display that people know as such: those a window manager lists, or else the children of the root
 * window. Belongs to the thread of its connection.
 */
final class WindowList {

    /** How often the windows are read at most, however often their titles change. */
    static final Duration READ_EVERY = Duration.ofSeconds(1);

    /**
     * A window and where it is.
     *
     * @param desktop counted from 0, or {@link #ALL_DESKTOPS}
     * @param centerX on the root window
     * @param centerY on the root window
     */
    record Listed(SpaceWindow window, int desktop, int centerX, int centerY) {}

    static final int ALL_DESKTOPS = -1;

    private static final int SUBSTRUCTURE_NOTIFY = 0x80000;
    private static final int VIEWABLE = 2;
    private static final int MOST_CHARACTERS = 256;
    private static final String SUPPORTED = "_NET_SUPPORTED";
    private static final String CLIENTS = "_NET_CLIENT_LIST";
    private static final String DESKTOP = "_NET_WM_DESKTOP";
    private static final String TYPE = "_NET_WM_WINDOW_TYPE";
    private static final List<String> NORMAL_TYPES =
            List.of("_NET_WM_WINDOW_TYPE_NORMAL", "_NET_WM_WINDOW_TYPE_DIALOG");

    private final XConnection x;
    private final int rootEvents;
    private final boolean placesMatter;
    private final Optional<SecretWindows> secrets;
    private final LongSupplier nanoTime;
    private List<Integer> order = List.of();
    private boolean managed = true;
    private boolean stale;
    private long readAt;

    /**
     * Reads nothing yet.
     *
     * @param rootEvents what everybody else wants to know of the root window
     * @param placesMatter whether a window that moves may come to another space
     * @param secrets what must not be listed
     */
    WindowList(
            XConnection x,
            int rootEvents,
            boolean placesMatter,
            Optional<SecretWindows> secrets,
            LongSupplier nanoTime) {
        this.x = x;
        this.rootEvents = rootEvents;
        this.placesMatter = placesMatter;
        this.secrets = secrets;
        this.nanoTime = nanoTime;
    }

    void takeIn(Pointer event, int type) {
        stale |= switch (type) {
            case XEvent.PROPERTY -> isTold(event.getInt(4), event.getInt(8));
            case XEvent.DESTROY -> true;
            case XEvent.MAP, XEvent.UNMAP, XEvent.REPARENT -> !managed;
            case XEvent.CONFIGURE -> placesMatter;
            default -> false;
        };
    }

    private boolean isTold(int window, int property) {
        return window == x.screen().root()
                ? property == x.atom(CLIENTS) || property == x.atom(Desktops.MANAGER)
                : Stream.of(
                                ClientWindow.CLASS,
                                ClientWindow.TITLE,
                                ClientWindow.OLD_TITLE,
                                ClientWindow.TRANSIENT_FOR,
                                DESKTOP,
                                TYPE)
                        .anyMatch(name -> property == x.atom(name));
    }

    /** What may be told of the windows has changed. */
    void readAgain() {
        stale = true;
    }

    /** How long until the windows are to be read again; very long if nothing happened to them. */
    long nanosUntilReading() {
        return stale ? READ_EVERY.toNanos() - (nanoTime.getAsLong() - readAt) : Long.MAX_VALUE;
    }

    /** The windows as they are now, in the order in which they were opened. */
    List<Listed> read() {
        stale = false;
        readAt = nanoTime.getAsLong();
        OptionalInt manager = Desktops.manager(x);
        manager.ifPresent(x::watch);
        managed = manager.isPresent() && contains(x.numbers(x.screen().root(), SUPPORTED), x.atom(CLIENTS));
        x.selectEvents(x.screen().root(), managed ? rootEvents : rootEvents | SUBSTRUCTURE_NOTIFY);
        order = managed
                ? Arrays.stream(x.numbers(x.screen().root(), CLIENTS)).boxed().toList()
                : inOrderOfOpening(unmanaged());
        order.forEach(x::watch);
        List<Question> questions = order.stream().map(this::ask).toList();
        return questions.stream().flatMap(question -> listed(question).stream()).toList();
    }

    private static boolean contains(int[] numbers, int number) {
        return Arrays.stream(numbers).anyMatch(each -> each == number);
    }

    /** The server tells children in the order in which they lie above one another, which changes. */
    private List<Integer> inOrderOfOpening(List<Integer> windows) {
        return Stream.concat(order.stream().filter(windows::contains), windows.stream())
                .distinct()
                .toList();
    }

    /** Each child of the root window that can be seen and is an application's, or the application's window in it. */
    private List<Integer> unmanaged() {
        List<Integer> children = x.children(x.askForChildren(x.screen().root()));
        List<Integer> cookies = children.stream()
                .map(child -> Xcb.xcb_get_window_attributes(x.handle(), child))
                .toList();
        List<Integer> found = new ArrayList<>();
        for (int index = 0; index < children.size(); index++) {
            int child = children.get(index);
            x.reply(cookies.get(index)).ifPresent(reply -> {
                boolean viewable = reply.getByte(26) == VIEWABLE;
                boolean popup = reply.getByte(27) != 0;
                XConnection.free(reply);
                if (viewable) {
                    applicationIn(child, popup).ifPresent(found::add);
                }
            });
        }
        return found;
    }

    private Optional<Integer> applicationIn(int topLevel, boolean popup) {
        List<ClientWindow> windows = ClientWindow.in(x, topLevel);
        ClientWindow own = windows.get(0);
        if (!own.application().isEmpty()) {
            return popup ? Optional.empty() : Optional.of(topLevel);
        }
        Optional<Integer> framed = windows.stream()
                .filter(window -> !window.application().isEmpty())
                .findFirst()
                .map(ClientWindow::id);
        return framed.isPresent() || popup || own.saysNothing() ? framed : Optional.of(topLevel);
    }

    /** What is asked about a window to list it. */
    private record Question(ClientWindow.Question client, int desktop, int type, int size, int place) {}

    private Question ask(int window) {
        return new Question(
                ClientWindow.ask(x, window),
                x.ask(window, DESKTOP),
                x.ask(window, TYPE),
                Xcb.xcb_get_geometry(x.handle(), window),
                Xcb.xcb_translate_coordinates(x.handle(), window, x.screen().root(), (short) 0, (short) 0));
    }

    /** Every answer is fetched, so that none is left behind. */
    private Optional<Listed> listed(Question question) {
        ClientWindow client = question.client().answer();
        int[] desktop = x.numbers(question.desktop());
        int[] types = x.numbers(question.type());
        Optional<Area> size = x.size(question.size());
        int[] place = x.reply(question.place())
                .map(reply -> {
                    int[] corner = {reply.getShort(12), reply.getShort(14)};
                    XConnection.free(reply);
                    return corner;
                })
                .orElse(new int[2]);
        boolean normal = types.length == 0 || NORMAL_TYPES.stream().anyMatch(type -> contains(types, x.atom(type)));
        boolean secret = secrets.isPresent() && secrets.get().isSecret(client);
        return size.filter(there -> normal && !secret)
                .map(there -> new Listed(
                        new SpaceWindow(shortened(client.application()), shortened(client.title())),
                        desktop.length == 0 ? ALL_DESKTOPS : desktop[0],
                        place[0] + there.width() / 2,
                        place[1] + there.height() / 2));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS));
    }
}
