package dev.oriel.pressure.linux;

import java.io.Closeable;
import java.io.IOException;

/** One graphics card with memory of its own. What it tells is that of the last look. */
interface Gpu extends Closeable {

    String name();

    void look() throws IOException;

    long usedBytes();

    long totalBytes();
}
