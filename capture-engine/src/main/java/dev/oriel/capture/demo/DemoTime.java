package dev.oriel.capture.demo;

/** What the demo knows of time. */
interface DemoTime {

    /** A clock that never goes back; only differences mean something. */
    long nanos();

    /** Waits so long, or until {@link #wake()}; returns at once if that was called since the last sleep. */
    void sleep(long nanos);

    /** May be called from any thread. */
    void wake();
}
