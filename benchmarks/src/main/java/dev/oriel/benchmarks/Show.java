package dev.oriel.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Shows another picture on every display of a fleet at a steady pace, on a thread of its own. */
final class Show implements AutoCloseable {

    private final Fleet fleet;
    private final Thread thread;
    private volatile boolean closed;

    private Show(Fleet fleet, Duration interval) {
        this.fleet = fleet;
        this.thread = new Thread(() -> run(interval.toNanos()), "show");
    }

    /** The fleet's painters are the show's until it is closed. */
    static Show start(Fleet fleet, Duration interval) {
        Show show = new Show(fleet, interval);
        show.thread.setDaemon(true);
        show.thread.start();
        return show;
    }

    private void run(long intervalNanos) {
        long due = System.nanoTime();
        while (!closed) {
            for (int display = 0; display < fleet.displays().size(); display++) {
                fleet.wall(display).showNext();
            }
            due += intervalNanos;
            LockSupport.parkNanos(due - System.nanoTime());
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
