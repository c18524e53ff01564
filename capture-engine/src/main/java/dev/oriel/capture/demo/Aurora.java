package dev.oriel.capture.demo;

/** Northern lights that fill a box and move everywhere at once. */
final class Aurora {

    private static final int CYCLE = 1024;
    private static final int[] WAVE = wave();
    private static final int[] COLORS = colors(0x0b1030, 0x14406e, 0x1fa89a, 0x9be38f, 0x4f6fd0, 0x7a3f9e, 0x2a1a52);

    private Aurora() {}

    static void draw(Canvas canvas, Box box, long step) {
        Box seen = canvas.visible(box);
        int[] pixels = canvas.pixels();
        int time = (int) (step % CYCLE);
        for (int y = seen.top(); y < seen.bottom(); y++) {
            int down = y - box.top();
            int sway = WAVE[down * 2 + time * 3 & CYCLE - 1];
            int bend = WAVE[down + 300 - time * 2 & CYCLE - 1];
            int start = down + time * 4;
            for (int x = seen.left(), i = canvas.index(x, y); x < seen.right(); x++, i++) {
                int across = x - box.left();
                int light = WAVE[across + sway + time * 2 & CYCLE - 1]
                        + WAVE[across * 2 - bend - time * 5 & CYCLE - 1]
                        + WAVE[(across >> 1) + start & CYCLE - 1];
                pixels[i] = COLORS[light & CYCLE - 1];
            }
        }
    }

    /** A whole turn of the sine, up to 170 either way, so that three of them fit into one round of colours. */
    private static int[] wave() {
        int[] wave = new int[CYCLE];
        for (int i = 0; i < CYCLE; i++) {
            wave[i] = (int) StrictMath.round(170 * StrictMath.sin(2 * StrictMath.PI * i / CYCLE));
        }
        return wave;
    }

    private static int[] colors(int... stops) {
        int[] colors = new int[CYCLE];
        for (int i = 0; i < CYCLE; i++) {
            int way = i * stops.length;
            int stop = way / CYCLE;
            int next = stops[(stop + 1) % stops.length];
            colors[i] = Canvas.mix(stops[stop], next, way % CYCLE * Canvas.OPAQUE / CYCLE);
        }
        return colors;
    }
}
