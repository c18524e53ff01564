package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.util.List;

/** The rows of a space as pictures may show them. Pixels are read nowhere else. */
final class RedactedRows {

    private final SpaceId space;
    private final int width;
    private final List<Area> hidden;

    RedactedRows(Space space, Redaction redaction) {
        this.space = space.id();
        this.width = space.width();
        this.hidden = redaction.areasOf(space);
    }

    /** Reads rows as {@link ScreenSource#readRows} does; the hidden areas are blank. */
    ByteBuffer read(ScreenSource source, int y, int rows) {
        ByteBuffer pixels = source.readRows(space, y, rows);
        Area read = new Area(0, y, width, rows);
        for (Area area : hidden) {
            Redaction.blank(pixels, read, area);
        }
        return pixels;
    }
}
