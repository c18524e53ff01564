package dev.oriel.capture.x11;

import dev.oriel.capture.Area;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads pixels of the root window in the quickest way that the display has. The memory for it is there from the first
 * reading until {@link #rest}, so that a display that nobody watches has none.
 */
final class StagedPixels implements PixelReader {

    private final XConnection x;
    private final Notices notices;
    private Area root;
    private @Nullable Stage stage;

    /** The memory, and who reads into it. */
    private record Stage(PixelMemory memory, PixelReader reader) {

        void close() {
            reader.close();
            memory.close();
        }
    }

    /** Finds the way at once, so that what the display cannot do is said early. */
    StagedPixels(XConnection x, Area root, Notices notices) {
        this.x = x;
        this.root = root;
        this.notices = notices;
        this.stage = open();
    }

    private Stage open() {
        PixelMemory memory = new PixelMemory(root.width());
        try {
            return new Stage(memory, openReader(memory));
        } catch (RuntimeException | LinkageError e) {
            memory.close();
            throw e;
        }
    }

    private PixelReader openReader(PixelMemory memory) {
        Optional<PixelReader> quick = FramebufferFile.open(x, root, memory).or(() -> SharedPixels.share(x, memory));
        return quick.orElseGet(() -> {
            notices.tell(x.display() + " cannot share memory with us by MIT-SHM, so its pixels come through the"
                    + " connection, which is slower");
            return new SentPixels(x, memory);
        });
    }

    private PixelReader reader() {
        if (stage == null) {
            stage = open();
        }
        return stage.reader();
    }

    /** The root window has another size now. */
    void resize(Area newRoot) {
        rest();
        root = newRoot;
    }

    /** Lets go of the memory until the next reading. */
    void rest() {
        expectNothing();
        close();
    }

    @Override
    public Optional<ByteBuffer> read(Area area) {
        return reader().read(area);
    }

    @Override
    public void expect(Area area) {
        reader().expect(area);
    }

    @Override
    public void expectNothing() {
        if (stage != null) {
            stage.reader().expectNothing();
        }
    }

    /** While there is no reader nothing was read, and only an answer tells what happened meanwhile. */
    @Override
    public boolean answersInOrder() {
        return stage != null && stage.reader().answersInOrder();
    }

    @Override
    public void close() {
        if (stage != null) {
            Stage closing = stage;
            stage = null;
            closing.close();
        }
    }
}
