package dev.oriel.capture.x11;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a window says of itself.
 *
 * @param id its number
 * @param application the class part of {@code WM_CLASS}; empty if it does not say
 * @param titles the modern one first; none if it has none
 * @param transientFor the window it belongs to, the root window if it belongs to all of its program, else 0
 */
record ClientWindow(int id, String application, List<String> titles, int transientFor) {

    static final String CLASS = "WM_CLASS";
    static final String OLD_TITLE = "WM_NAME";
    static final String TITLE = "_NET_WM_NAME";
    static final String TRANSIENT_FOR = "WM_TRANSIENT_FOR";

    private static final int FRAME_DEPTH = 3;

    /** Asks a window; the answer is read later, so that many can be asked at once. */
    static Question ask(XConnection x, int window) {
        return new Question(
                x,
                window,
                x.ask(window, CLASS),
                x.ask(window, TITLE),
                x.ask(window, OLD_TITLE),
                x.ask(window, TRANSIENT_FOR));
    }

    /** The window itself, then those in it, as deep as window managers put an application's window into frames. */
    static List<Integer> idsIn(XConnection x, int window) {
        List<Integer> all = new ArrayList<>(List.of(window));
        List<Integer> level = List.of(window);
        for (int depth = 0; depth < FRAME_DEPTH; depth++) {
            List<Integer> cookies = level.stream().map(x::askForChildren).toList();
            level = cookies.stream()
                    .flatMap(cookie -> x.children(cookie).stream())
                    .toList();
            all.addAll(level);
        }
        return all;
    }

    /** What those say of themselves. */
    static List<ClientWindow> in(XConnection x, int window) {
        return askAll(x, idsIn(x, window));
    }

    static List<ClientWindow> askAll(XConnection x, List<Integer> windows) {
        List<Question> questions =
                windows.stream().map(window -> ask(x, window)).toList();
        return questions.stream().map(Question::answer).toList();
    }

    /** What a window was asked. */
    record Question(XConnection x, int window, int ofClass, int ofTitle, int ofOldTitle, int ofTransientFor) {

        /** Says nothing of a window that is gone. To be called once. */
        ClientWindow answer() {
            String[] classParts = x.text(ofClass).split("\0");
            List<String> titles = Stream.of(x.text(ofTitle), x.text(ofOldTitle))
                    .map(title -> title.split("\0", 2)[0])
                    .filter(title -> !title.isEmpty())
                    .toList();
            int[] transientFor = x.numbers(ofTransientFor);
            return new ClientWindow(
                    window,
                    classParts.length > 1 ? classParts[1] : classParts[0],
                    titles,
                    transientFor.length == 0 ? 0 : transientFor[0]);
        }
    }

    /** What people know it by; empty if it has none. */
    String title() {
        return titles.isEmpty() ? "" : titles.get(0);
    }

    boolean saysNothing() {
        return application.isEmpty() && titles.isEmpty();
    }
}
