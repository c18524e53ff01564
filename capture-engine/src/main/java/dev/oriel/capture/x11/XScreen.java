package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.SourceLostException;

/**
 * The screen a connection points at, as the server described it when we connected.
 *
 * @param root its root window
 * @param width in pixels
 * @param height in pixels
 */
record XScreen(int root, int width, int height) {

    private static final int SETUP_BYTES = 40;
    private static final int FORMAT_BYTES = 8;
    private static final int SCREEN_BYTES = 40;
    private static final int DEPTH_BYTES = 8;
    private static final int VISUAL_BYTES = 24;

    /**
     * Finds the screen.
     *
     * @throws SourceLostException if its pixels are not 32 bits of blue, green, red and nothing
     */
    static XScreen of(Pointer setup, int number, String display) {
        int formats = setup.getByte(29) & 0xFF;
        boolean lowByteFirst = setup.getByte(30) == 0;
        int formatsOffset = SETUP_BYTES + roundUp(setup.getShort(24) & 0xFFFF);
        Pointer screen = setup.share(formatsOffset + (long) formats * FORMAT_BYTES);
        for (int skipped = 0; skipped < number; skipped++) {
            screen = screen.share(sizeOf(screen));
        }
        int depth = screen.getByte(38) & 0xFF;
        int bits = bitsPerPixel(setup.share(formatsOffset), formats, depth);
        if (bits != 32 || !lowByteFirst || !isBlueGreenRed(screen)) {
            throw new SourceLostException("display " + display + " has pixels that cannot be read: depth " + depth
                    + " with " + bits + " bits a pixel; needed is depth 24 or 32 with 32 bits a pixel, such as Xvfb"
                    + " -screen 0 1920x1080x24");
        }
        return new XScreen(screen.getInt(0), screen.getShort(20) & 0xFFFF, screen.getShort(22) & 0xFFFF);
    }

    private static int bitsPerPixel(Pointer formats, int count, int depth) {
        for (int index = 0; index < count; index++) {
            if ((formats.getByte((long) index * FORMAT_BYTES) & 0xFF) == depth) {
                return formats.getByte((long) index * FORMAT_BYTES + 1) & 0xFF;
            }
        }
        return 0;
    }

    private static boolean isBlueGreenRed(Pointer screen) {
        int rootVisual = screen.getInt(32);
        long at = SCREEN_BYTES;
        for (int depth = 0; depth < (screen.getByte(39) & 0xFF); depth++) {
            int visuals = screen.getShort(at + 2) & 0xFFFF;
            at += DEPTH_BYTES;
            for (int visual = 0; visual < visuals; visual++, at += VISUAL_BYTES) {
                if (screen.getInt(at) == rootVisual) {
                    return screen.getInt(at + 8) == 0xFF0000
                            && screen.getInt(at + 12) == 0xFF00
                            && screen.getInt(at + 16) == 0xFF;
                }
            }
        }
        return false;
    }

    private static long sizeOf(Pointer screen) {
        long at = SCREEN_BYTES;
        for (int depth = 0; depth < (screen.getByte(39) & 0xFF); depth++) {
            at += DEPTH_BYTES + (long) (screen.getShort(at + 2) & 0xFFFF) * VISUAL_BYTES;
        }
        return at;
    }

    private static int roundUp(int bytes) {
        return (bytes + 3) & ~3;
    }
}
