package dev.oriel.capture;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** Something with several owners, each with one share; the last to give up its share frees it. */
abstract class Shared {

    private static final AtomicIntegerFieldUpdater<Shared> SHARES =
            AtomicIntegerFieldUpdater.newUpdater(Shared.class, "shares");

    /** The creator has the first. */
    private volatile int shares = 1;

    /** Only by one who has a share already. */
    final void share() {
        SHARES.incrementAndGet(this);
    }

    /** By anyone. Returns false if it was freed. */
    final boolean tryShare() {
        int before;
        do {
            before = shares;
            if (before <= 0) {
                return false;
            }
        } while (!SHARES.compareAndSet(this, before, before + 1));
        return true;
    }

    final boolean isFreed() {
        return shares <= 0;
    }

    final void release() {
        int left = SHARES.decrementAndGet(this);
        if (left == 0) {
            free();
        } else if (left < 0) {
            throw new IllegalStateException(this + " was released more often than it was shared");
        }
    }

    abstract void free();
}
