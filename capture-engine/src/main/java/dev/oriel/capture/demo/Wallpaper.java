package dev.oriel.capture.demo;

import static dev.oriel.capture.demo.Scene.HEIGHT;
import static dev.oriel.capture.demo.Scene.WIDTH;

/** Hills under an evening sky. */
final class Wallpaper {

    private static final int ZENITH = 0x12122b;
    private static final int DUSK = 0x43326b;
    private static final int HORIZON = 0xd9797a;
    private static final int DUSK_Y = 300;
    private static final int HORIZON_Y = 560;
    private static final int STARS = 90;

    /* The hills from far to near: where the ridge is in sixteenths of a pixel, so that its edge can be smooth. */
    private static final Hill[] HILLS = {
        Hill.grow(1, 455, 150, 0x6a4a80, 0xa8648a),
        Hill.grow(2, 540, 120, 0x3f3263, 0x6b4a7c),
        Hill.grow(3, 620, 90, 0x1d1a38, 0x3a2c58),
    };

    private Wallpaper() {}

    static void draw(Canvas canvas) {
        Box rows = canvas.visible(Box.of(0, 0, WIDTH, HEIGHT));
        for (int y = rows.top(); y < rows.bottom(); y++) {
            canvas.fill(Box.of(0, y, WIDTH, 1), sky(y));
        }
        for (int star = 0; star < STARS; star++) {
            int place = Noise.hash(star);
            int size = star % 8 == 0 ? 2 : 1;
            canvas.tint(Box.of(place % WIDTH, (place >>> 16) % DUSK_Y, size, size), 0xffffff, 50 + (star * 37 & 127));
        }
        for (Hill hill : HILLS) {
            hill.draw(canvas);
        }
    }

    private static int sky(int y) {
        if (y < DUSK_Y) {
            return Canvas.mix(ZENITH, DUSK, y * Canvas.OPAQUE / DUSK_Y);
        }
        int below = Math.min(y, HORIZON_Y) - DUSK_Y;
        return Canvas.mix(DUSK, HORIZON, below * Canvas.OPAQUE / (HORIZON_Y - DUSK_Y));
    }

    /** The outline of a row of hills, and its colour at the top and at the bottom of the picture. */
    private record Hill(short[] ridge, int peak, int valley, int color, int haze) {

        private static final int FRACTION = 16;

        static Hill grow(int seed, int middle, int relief, int color, int haze) {
            short[] ridge = new short[WIDTH];
            int peak = HEIGHT;
            int valley = 0;
            for (int x = 0; x < WIDTH; x++) {
                double height = 0;
                double share = 0.55;
                for (int octave = 256; octave >= 4; octave /= 2) {
                    height += share * Noise.smooth(seed * 1000 + octave, x, octave);
                    share /= 2.1;
                }
                ridge[x] = (short) ((middle + relief * (0.5 - height)) * FRACTION);
                peak = Math.min(peak, ridge[x] / FRACTION);
                valley = Math.max(valley, ridge[x] / FRACTION + 1);
            }
            return new Hill(ridge, peak, valley, color, haze);
        }

        void draw(Canvas canvas) {
            Box slopes = canvas.visible(new Box(0, peak, WIDTH, valley));
            int[] pixels = canvas.pixels();
            for (int y = slopes.top(); y < slopes.bottom(); y++) {
                int shade = shade(y);
                for (int x = slopes.left(), i = canvas.index(x, y); x < slopes.right(); x++, i++) {
                    int inside = (y + 1) * FRACTION - ridge[x];
                    if (inside >= FRACTION) {
                        pixels[i] = shade;
                    } else if (inside > 0) {
                        pixels[i] = Canvas.mix(pixels[i], shade, inside * Canvas.OPAQUE / FRACTION);
                    }
                }
            }
            Box foot = canvas.visible(new Box(0, valley, WIDTH, HEIGHT));
            for (int y = foot.top(); y < foot.bottom(); y++) {
                canvas.fill(Box.of(0, y, WIDTH, 1), shade(y));
            }
        }

        private int shade(int y) {
            return Canvas.mix(color, haze, Math.min(Canvas.OPAQUE, (y - peak) * Canvas.OPAQUE / 260));
        }
    }
}
