package dev.oriel.cache;

import dev.oriel.capture.FrameMemory.ExhaustedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Pages that write down what is asked of them, and run out when told. */
final class ScriptedPages implements PageSource {

    static final int PAGE = 4096;

    final List<String> calls = new ArrayList<>();
    boolean exhausted;
    /** Runs before each mapping goes back. */
    Runnable beforeUnmap = () -> {};

    @Override
    public int pageSize() {
        return PAGE;
    }

    @Override
    public Mapping map(int bytes) {
        if (exhausted) {
            throw new ExhaustedException("the operating system has no " + bytes + " bytes to map (errno 12)");
        }
        calls.add("map " + bytes / PAGE);
        return mapping(bytes, PAGE);
    }

    @Override
    public Mapping mapHuge() {
        calls.add("map huge");
        return mapping(HUGE_PAGE_BYTES, HUGE_PAGE_BYTES);
    }

    private Mapping mapping(int bytes, int grain) {
        return new Mapping() {

            private final ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);

            @Override
            public int pageSize() {
                return grain;
            }

            @Override
            public ByteBuffer bytes() {
                return buffer;
            }

            @Override
            public boolean giveBack(int offset, int length) {
                calls.add("give back " + offset / PAGE + "+" + length / PAGE);
                return true;
            }

            @Override
            public boolean unmap() {
                beforeUnmap.run();
                calls.add("unmap " + bytes / PAGE);
                return true;
            }
        };
    }
}
