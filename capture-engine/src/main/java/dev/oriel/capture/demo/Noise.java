package dev.oriel.capture.demo;

/** Numbers that look random and are the same on every machine. */
final class Noise {

    private Noise() {}

    /** Well mixed, never negative. */
    static int hash(int seed) {
        int mixed = (seed + 1) * 0x9e3779b1;
        mixed = (mixed ^ mixed >>> 15) * 0x2c1b3c6d;
        mixed = (mixed ^ mixed >>> 13) * 0x297a2d39;
        return (mixed ^ mixed >>> 16) & Integer.MAX_VALUE;
    }

    /** From 0 to 1, a new value every {@code period} and a soft curve between. */
    static double smooth(int seed, int x, int period) {
        int cell = Math.floorDiv(x, period);
        double way = Math.floorMod(x, period) / (double) period;
        double from = hash(seed * 7919 + cell) / (double) Integer.MAX_VALUE;
        double to = hash(seed * 7919 + cell + 1) / (double) Integer.MAX_VALUE;
        return from + (to - from) * way * way * (3 - 2 * way);
    }
}
