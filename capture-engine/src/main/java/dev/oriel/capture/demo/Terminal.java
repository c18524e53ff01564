package dev.oriel.capture.demo;

import java.util.BitSet;
import java.util.List;

/** A shell in which somebody types the same session over and over; it depends only on how many keys were pressed. */
final class Terminal {

    static final int BACKGROUND = 0x161725;

    private static final int SCALE = 2;
    private static final int COLUMN_WIDTH = Font.ADVANCE * SCALE;
    private static final int LINE_HEIGHT = 22;
    private static final int PADDING = 14;
    /** Keys that are not pressed after a command, so that its output can be read. */
    private static final int PAUSE = 12;

    private static final String PROMPT = "$ ";
    private static final List<String> SESSION = List.of(
            "$ cat about-oriel.txt",
            "An oriel is a bay window: it sticks out of the wall,",
            "so that whoever stands in it sees the whole street.",
            "",
            "$ ls spaces",
            "clock  mixed  scrolling  still  typing  video",
            "$ for space in spaces/*; do watch $space; done",
            "$ # letters arrive about ten times a second",
            "$ # only the line that changed is sent",
            "$ wc -w about-oriel.txt",
            "22 about-oriel.txt",
            "$ echo \"a line scrolls now and then\" | tr a-z A-Z",
            "A LINE SCROLLS NOW AND THEN",
            "$ seq 1 7 | paste -s -d ' '",
            "1 2 3 4 5 6 7",
            "$ expr 6 '*' 7",
            "42",
            "$ true && echo fine",
            "fine",
            "$ # and now once more, from the beginning");

    /** For each line how many keys were pressed in this round before it shows; at the end the keys of a whole round. */
    private static final int[] KEYS_BEFORE = countKeys();

    private final Box box;
    private final int visibleLines;

    Terminal(Box box) {
        this.box = box;
        this.visibleLines = (box.height() - 2 * PADDING) / LINE_HEIGHT;
    }

    void draw(Canvas canvas, long keys) {
        long last = lastLine(keys);
        long first = firstLine(last);
        canvas.clip(box);
        for (long line = first; line <= last; line++) {
            Box place = place(first, line, line);
            if (canvas.visible(place).height() > 0) {
                drawLine(canvas, place, line, line == last ? typedLetters(keys, line) : Integer.MAX_VALUE);
            }
        }
        canvas.unclip();
    }

    private static void drawLine(Canvas canvas, Box place, long line, int typed) {
        String text = text(line);
        int textTop = place.top() + 2;
        if (!text.startsWith(PROMPT)) {
            canvas.text(place.left(), textTop, SCALE, Desktop.INK, text);
            return;
        }
        int end = (int) Math.min(text.length(), PROMPT.length() + (long) typed);
        int commandLeft = place.left() + PROMPT.length() * COLUMN_WIDTH;
        boolean comment = text.startsWith("#", PROMPT.length());
        canvas.text(place.left(), textTop, SCALE, 0x7fd88f, PROMPT);
        canvas.text(
                commandLeft,
                textTop,
                SCALE,
                comment ? Desktop.QUIET : Desktop.ACCENT,
                text.substring(PROMPT.length(), end));
        if (typed < Integer.MAX_VALUE) {
            canvas.fill(Box.of(place.left() + end * COLUMN_WIDTH, place.top(), COLUMN_WIDTH - 2, 20), 0xf2be4f);
        }
    }

    /** Sets the bands of the lines written between two numbers of keys, or of all lines when they scrolled. */
    void damage(long from, long to, BitSet bands) {
        long before = lastLine(from);
        long after = lastLine(to);
        long first = firstLine(after);
        if (from == to) {
            return;
        }
        if (firstLine(before) == first) {
            place(first, before, after).flag(bands);
        } else {
            place(first, first, first + visibleLines - 1).flag(bands);
        }
    }

    /** Where some lines are when the uppermost is {@code first}. */
    private Box place(long first, long from, long to) {
        int top = box.top() + PADDING + (int) (from - first) * LINE_HEIGHT;
        return new Box(box.left() + PADDING, top, box.right(), top + (int) (to - from + 1) * LINE_HEIGHT);
    }

    /** Scrolls half a window at once, so that it happens rarely. */
    private long firstLine(long last) {
        int jump = Math.max(1, visibleLines / 2);
        long hidden = Math.max(0, last - visibleLines + 1);
        return (hidden + jump - 1) / jump * jump;
    }

    /** The lowest line that shows; lines count on through all rounds. */
    private static long lastLine(long keys) {
        int inRound = (int) (keys % keysOfRound());
        int line = SESSION.size() - 1;
        while (KEYS_BEFORE[line] > inRound) {
            line--;
        }
        return keys / keysOfRound() * SESSION.size() + line;
    }

    private static int typedLetters(long keys, long line) {
        return (int) (keys % keysOfRound()) - KEYS_BEFORE[(int) (line % SESSION.size())];
    }

    private static String text(long line) {
        return SESSION.get((int) (line % SESSION.size()));
    }

    private static int keysOfRound() {
        return KEYS_BEFORE[SESSION.size()];
    }

    private static int[] countKeys() {
        int[] keys = new int[SESSION.size() + 1];
        for (int i = 0; i < SESSION.size(); i++) {
            String text = SESSION.get(i);
            int typed = text.startsWith(PROMPT) ? text.length() - PROMPT.length() + PAUSE : 0;
            keys[i + 1] = keys[i] + typed;
        }
        return keys;
    }
}
