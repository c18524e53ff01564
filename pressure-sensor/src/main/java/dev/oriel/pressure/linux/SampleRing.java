package dev.oriel.pressure.linux;

/**
 * The newest samples of two numbers, oldest first. A sample that comes too soon after the one before takes the place of
 * the newest: whoever looks more often than expected still sees as far back. Allocates nothing after its making.
 */
final class SampleRing {
    private final long spacingNanos;
    private final long[] times;
    private final long[] firsts;
    private final long[] seconds;
    private int start;
    private int size;

    SampleRing(int capacity, long spacingNanos) {
        this.spacingNanos = spacingNanos;
        times = new long[capacity];
        firsts = new long[capacity];
        seconds = new long[capacity];
    }

    void add(long atNanos, long first, long second) {
        if (size < 2 || time(size - 1) - time(size - 2) >= spacingNanos) {
            makeRoom();
        }
        int slot = slot(size - 1);
        times[slot] = atNanos;
        firsts[slot] = first;
        seconds[slot] = second;
    }

    private void makeRoom() {
        if (size == times.length) {
            start = slot(1);
        } else {
            size++;
        }
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    long time(int index) {
        return times[slot(index)];
    }

    long first(int index) {
        return firsts[slot(index)];
    }

    long second(int index) {
        return seconds[slot(index)];
    }

    /** The newest sample that is at least so much older than a moment; the oldest if none is. */
    int newestBefore(long nowNanos, long ageNanos) {
        int index = size - 1;
        while (index > 0 && nowNanos - time(index) < ageNanos) {
            index--;
        }
        return index;
    }

    private int slot(int index) {
        return (start + index) % times.length;
    }
}
