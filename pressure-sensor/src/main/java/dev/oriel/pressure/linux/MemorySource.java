package dev.oriel.pressure.linux;

import dev.oriel.pressure.SourceReading;
import java.io.IOException;

/** One place where the kernel tells how memory stands. Used by one thread at a time. */
interface MemorySource {

    String name();

    /**
     * Asks once.
     *
     * @throws SourceAbsentException if this machine does not have the source
     * @throws IOException if it has, but the answer cannot be read or understood
     */
    SourceReading read() throws IOException, SourceAbsentException;
}
