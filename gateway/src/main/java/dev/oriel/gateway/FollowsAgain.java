package dev.oriel.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Takes the newest value again when there was no room in the Java heap to take it, which pressure is likely to bring
 * about. An error that gets out of a subscriber would end its stream without a word.
 */
final class FollowsAgain<T> implements Consumer<T> {

    /** The heap is collected by then. */
    static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(FollowsAgain.class);

    private final Consumer<T> follower;
    private final Scheduler scheduler;
    private final AtomicReference<T> newest = new AtomicReference<>();

    FollowsAgain(Consumer<T> follower, Scheduler scheduler) {
        this.follower = follower;
        this.scheduler = scheduler;
    }

    @Override
    public void accept(T next) {
        newest.set(next);
        follow();
    }

    private void follow() {
        try {
            follower.accept(newest.get());
        } catch (OutOfMemoryError full) {
            scheduler.schedule(this::followLater, AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void followLater() {
        log.warn("the Java heap was full; taking again what could not be taken then");
        follow();
    }
}
