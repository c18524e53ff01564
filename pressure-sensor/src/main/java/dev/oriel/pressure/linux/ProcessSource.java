package dev.oriel.pressure.linux;

import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What this process has resident, against its ceiling. It has no outlook and no margin: nobody else fills it up, and
 * this process is not to fear its own growth.
 */
final class ProcessSource implements MemorySource {
    private static final SourceAbsentException NO_CEILING = new SourceAbsentException("this process has no ceiling");
    private static final double YELLOW_FACTOR = 1.05;
    private static final double RED_FACTOR = 1.2;
    private static final int PAGE_SIZE_ENTRY = 6;
    private static final long USUAL_PAGE_BYTES = 4096;

    private final OptionalLong ceiling;
    private final Path process;
    private final KernelFile file;
    private final KernelText text;
    private long pageBytes;
    private long residentBytes;

    ProcessSource(OptionalLong ceiling, Path process, KernelText text) {
        this.ceiling = ceiling;
        this.process = process;
        this.text = text;
        file = new KernelFile(process.resolve("statm"));
    }

    @Override
    public String name() {
        return "rss";
    }

    @Override
    public void look(Depth depth, long nowNanos) throws IOException, SourceAbsentException {
        if (ceiling.isEmpty()) {
            throw NO_CEILING;
        }
        if (pageBytes == 0) {
            pageBytes = readPageBytes();
        }
        residentBytes = file.read(text).secondNumber() * pageBytes;
    }

    /* Pairs of machine words that the kernel gives every program at its start. */
    private long readPageBytes() throws IOException {
        Path vector = process.resolve("auxv");
        if (!Files.exists(vector)) {
            return USUAL_PAGE_BYTES;
        }
        ByteBuffer words = ByteBuffer.wrap(Files.readAllBytes(vector)).order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
            long entry = words.getLong();
            long value = words.getLong();
            if (entry == PAGE_SIZE_ENTRY) {
                return value;
            }
        }
        return USUAL_PAGE_BYTES;
    }

    @Override
    public PressureLevel level() {
        double share = (double) residentBytes / ceiling.orElseThrow();
        if (share > RED_FACTOR) {
            return PressureLevel.RED;
        }
        return share > YELLOW_FACTOR ? PressureLevel.YELLOW : PressureLevel.GREEN;
    }

    @Override
    public SourceReading reading() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("residentBytes", residentBytes);
        numbers.put("ceilingBytes", ceiling.orElseThrow());
        return new SourceReading(
                name(),
                level(),
                Wording.bytes(residentBytes) + " resident, ceiling " + Wording.bytes(ceiling.orElseThrow()),
                OptionalLong.empty(),
                numbers);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
