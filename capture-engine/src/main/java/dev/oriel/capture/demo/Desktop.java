package dev.oriel.capture.demo;

import java.util.List;

/** What all spaces of the demo have in common: the wallpaper, the bar at the top, and the frames of windows. */
final class Desktop {

    static final int INK = 0xd8dcf0;
    static final int QUIET = 0x8088ac;
    static final int ACCENT = 0x7dc4ff;
    static final int TITLE_HEIGHT = 36;
    static final int BAR_HEIGHT = 32;

    private static final int BAR = 0x10101f;
    private static final int TITLE = 0x2a2b42;
    private static final int EDGE = 0x3c3e5c;
    private static final int RADIUS = 10;
    private static final int SHADOW = 28;
    /** The spaces from the first to the last. */
    static final List<String> LABELS = List.of("Still", "Clock", "Typing", "Scrolling", "Video", "Mixed");

    private static final int[] BUTTONS = {0xf4776d, 0xf2be4f, 0x66cc77};

    private Desktop() {}

    static void draw(Canvas canvas, String label) {
        Wallpaper.draw(canvas);
        bar(canvas, label);
    }

    /** The bar names the space in front and shows which one of the six it is. */
    static void bar(Canvas canvas, String label) {
        canvas.tint(Box.of(0, 0, Scene.WIDTH, BAR_HEIGHT), BAR, 200);
        canvas.text(20, 9, 2, INK, "Oriel");
        canvas.text(104, 9, 2, QUIET, "demo");
        int dotsLeft = Scene.WIDTH / 2 - (LABELS.size() - 1) * 12;
        for (int i = 0; i < LABELS.size(); i++) {
            boolean front = LABELS.get(i).equals(label);
            canvas.disc(dotsLeft + i * 24, BAR_HEIGHT / 2, front ? 6 : 4, front ? ACCENT : 0x555a7c);
        }
        canvas.text(Scene.WIDTH - 20 - label.length() * 12 + 2, 9, 2, INK, label);
    }

    /** Draws a window with its title and shadow, and answers what is left for the content. */
    static Box window(Canvas canvas, Box frame, String title, int background) {
        if (canvas.visible(frame.grow(SHADOW)).height() > 0) {
            canvas.shadow(frame, RADIUS, SHADOW, 150);
            canvas.round(frame.grow(1), RADIUS, EDGE);
            canvas.round(frame, RADIUS, background);
            Box bar = Box.of(frame.left(), frame.top(), frame.width(), TITLE_HEIGHT);
            canvas.clip(bar);
            canvas.round(frame, RADIUS, TITLE);
            canvas.unclip();
            for (int i = 0; i < BUTTONS.length; i++) {
                canvas.disc(frame.left() + 22 + i * 22, frame.top() + TITLE_HEIGHT / 2, 6, BUTTONS[i]);
            }
            int titleWidth = title.length() * 12 - 2;
            canvas.text(frame.left() + (frame.width() - titleWidth) / 2, frame.top() + 11, 2, QUIET, title);
        }
        return content(frame);
    }

    static Box content(Box frame) {
        return new Box(frame.left(), frame.top() + TITLE_HEIGHT, frame.right(), frame.bottom());
    }
}
