package dev.oriel.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Shows another picture on every display of a fleet at a steady pace, on a thread of its own. */
final class Show implements AutoCloseable {

    private final Fleet fleet;
    private final Thread thread;
    private volatile long intervalNanos;
    private volatile boolean closed;

    private Show(Fleet fleet, Duration interval) {
        this.fleet = fleet;
        this.intervalNanos = interval.toNanos();
        this.thread = new Thread(this::run, "show");
    }

    /** The fleet's painters are the show's until it is closed. */
    static Show start(Fleet fleet, Duration interval) {
        Show show = new Show(fleet, interval);
        show.thread.setDaemon(true);
        show.thread.start();
        return show;
    }

    /** Goes on at another pace. */
    void setInterval(Duration interval) {
        intervalNanos = interval.toNanos();
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            long shown = System.nanoTime();
            for (int display = 0; display < fleet.displays().size(); display++) {
                fleet.wall(display).showNext();
            }
            // The pace may change meanwhile, and what could not be shown in time is not made up for.
            for (long left = intervalNanos; left > 0 && !closed; left = shown + intervalNanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
