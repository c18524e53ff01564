package dev.oriel.capture;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * A place where pixels come from: one X display, say, or the demo.
 *
 * <p>The engine gives each source a thread of its own and calls everything but {@link #name()} and {@link #wake()} from
 * there alone. A source that loses its connection throws {@link SourceLostException} from whatever was called; the
 * engine then {@linkplain #disconnect() disconnects} it and opens it again until that works.
 */
public interface ScreenSource extends AutoCloseable {

    /** Damage is counted in bands of so many rows of pixels. */
    int BAND_HEIGHT = 16;

    /**
     * What people call this source.
     *
     * @return for example {@code :99}; may be called from any thread
     */
    String name();

    /**
     * Connects.
     *
     * @throws SourceLostException if the source cannot be reached or cannot be read
     */
    void open();

    /**
     * The spaces as of the last {@link #open()} or {@link #await}. When the source is lost the list stays as it was; it
     * is never empty, so that a source that was never reached can be shown as lost.
     *
     * @return indexes from 1 within this source; the state is {@link SpaceState#LIVE} for a space that can be read now
     */
    List<Space> spaces();

    /**
     * Waits until something changed on the screen or among the spaces, until {@link #wake()}, or for so long.
     *
     * @param timeout the longest to wait; zero only takes in what has happened
     * @throws SourceLostException if the source is gone
     */
    void await(Duration timeout);

    /** Ends a running or the next {@link #await}. May be called from any thread. */
    void wake();

    /**
     * Whether the pixels of a space may have changed since {@link #takeDamage}.
     *
     * @param space one of {@link #spaces()}
     * @return true if never asked before
     */
    boolean isDamaged(SpaceId space);

    /**
     * Takes the damage of a space and begins anew. Only to be called before the rows are read, so that no change is
     * missed.
     *
     * @param space one of {@link #spaces()} that is live
     * @param bands gets a bit for each band of {@link #BAND_HEIGHT} rows that may have changed, counted from the top
     * @throws SourceLostException if the source is gone
     */
    void takeDamage(SpaceId space, BitSet bands);

    /**
     * Reads whole rows of pixels, without what the source itself has to hide.
     *
     * @param space one of {@link #spaces()} that is live
     * @param y the first row
     * @param rows how many, at most {@link #maxRows}
     * @return a direct buffer in native order, four bytes a pixel (blue, green, red, unused), no padding between rows;
     *     valid until the next call; the caller may write to it, which changes nothing but this buffer
     * @throws SourceLostException if the source is gone
     */
    ByteBuffer readRows(SpaceId space, int y, int rows);

    /**
     * Says which rows will be read after those that were read last, so that they can be fetched while those are worked on.
     * What does not come true is no error.
     *
     * @param space as for {@link #readRows}
     * @param y as for {@link #readRows}
     * @param rows as for {@link #readRows}
     * @throws SourceLostException if the source is gone
     */
    default void expectRows(SpaceId space, int y, int rows) {}

    /**
     * How many rows one {@link #readRows} can take.
     *
     * @param width of the space in pixels
     * @return a multiple of {@link #BAND_HEIGHT}
     */
    int maxRows(int width);

    /**
     * Whether all rows read since {@link #takeDamage} belong to the space: false when another space came to the front
     * or the size changed meanwhile.
     *
     * @param space one of {@link #spaces()}
     * @return false if what was read must be thrown away
     * @throws SourceLostException if the source is gone
     */
    boolean confirm(SpaceId space);

    /**
     * Lets go of what only reading needs, the memory for pixels above all; the next {@link #readRows} takes it again. What
     * changes meanwhile is told all the same.
     *
     * @throws SourceLostException if the source is gone
     */
    default void rest() {}

    /** Lets go of the connection and everything that belongs to it; {@link #open()} may follow. Harmless when closed. */
    void disconnect();

    /** Disconnects for good. Harmless when closed. */
    @Override
    void close();
}
