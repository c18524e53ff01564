package dev.oriel.pressure.linux;

/** For how long tasks stood still within the newest stretch of time. */
record Stall(long someMicros, long fullMicros, long stretchMicros) {

    double someShare() {
        return share(someMicros);
    }

    double fullShare() {
        return share(fullMicros);
    }

    /* The kernel's clock and ours are read a moment apart: a share may come out a little above one. */
    private double share(long micros) {
        return Math.min(1, (double) micros / stretchMicros);
    }
}
