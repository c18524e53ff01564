package dev.oriel.pressure.linux;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How much of the machine's memory is available. {@code MemAvailable} is what can be had without swapping;
 * {@code MemFree} would count memory that merely caches files as used up.
 */
final class AvailableMemorySource implements MemorySource {
    private static final SourceAbsentException TOO_OLD =
            new SourceAbsentException("the kernel does not tell MemAvailable, it is too old");

    private final KernelText text;
    private final KernelFile file;
    private final Headroom headroom;
    private long totalBytes;

    AvailableMemorySource(HeadroomThresholds thresholds, Path root, KernelText text) {
        this.text = text;
        file = new KernelFile(root.resolve("proc/meminfo"));
        headroom = new Headroom(thresholds);
    }

    /** What the machine has, as far as it is known; else 0. */
    long totalBytes() {
        return totalBytes;
    }

    /** What can be used up until half of the machine is; zero if it is. */
    long easeBytes() {
        return Math.max(0, headroom.leftBytes() - totalBytes / 2);
    }

    @Override
    public String name() {
        return "memavailable";
    }

    @Override
    public void look(Depth depth, long nowNanos) throws IOException, SourceAbsentException {
        try {
            file.read(text);
        } catch (NoSuchFileException missing) {
            throw new SourceAbsentException("there is no " + missing.getFile());
        }
        totalBytes = 1024 * text.number("MemTotal:");
        long available = text.number("MemAvailable:", -1);
        if (available < 0) {
            throw TOO_OLD;
        }
        headroom.take(1024 * available, totalBytes, nowNanos);
    }

    @Override
    public PressureLevel level() {
        return headroom.level();
    }

    @Override
    public PressureLevel outlook(long aheadNanos) {
        return headroom.outlook(aheadNanos);
    }

    @Override
    public long marginBytes() {
        return headroom.marginBytes();
    }

    @Override
    public SourceReading reading() {
        return new SourceReading(
                name(),
                level(),
                Wording.share(headroom.leftBytes(), totalBytes) + " available of " + Wording.bytes(totalBytes),
                headroom.margin(),
                headroom.numbers("totalBytes"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
