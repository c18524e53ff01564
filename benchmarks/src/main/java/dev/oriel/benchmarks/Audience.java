package dev.oriel.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Subscribers of every space: one that takes what it can get, and many that are content with a picture a second. */
final class Audience implements AutoCloseable {

    static final int SUBSCRIBERS = 20;

    private static final String EAGER = "?spaces=*&quality=optimized";
    private static final String CONTENT = EAGER + "&maxFps=1";

    private final List<FeedSubscriber> subscribers = new ArrayList<>();

    private Audience() {}

    /** Connects all. */
    static Audience open(ProfiledServer server) {
        Audience audience = new Audience();
        try {
            for (int number = 0; number < SUBSCRIBERS; number++) {
                audience.subscribers.add(
                        FeedSubscriber.counting(server.feed(number == 0 ? EAGER : CONTENT), server.token()));
            }
            return audience;
        } catch (BenchmarkFailedException e) {
            audience.close();
            throw e;
        }
    }

    long frames() {
        return subscribers.stream().mapToLong(FeedSubscriber::frames).sum();
    }

    long bytes() {
        return subscribers.stream().mapToLong(FeedSubscriber::bytes).sum();
    }

    /** How many spaces were seen by somebody. */
    int spaces() {
        Set<Short> seen = new HashSet<>();
        subscribers.forEach(subscriber -> seen.addAll(subscriber.spaces()));
        return seen.size();
    }

    /**
     * Checks that all are connected.
     *
     * @throws BenchmarkFailedException with the reason if one is not
     */
    void requireConnected() {
        subscribers.forEach(FeedSubscriber::requireConnected);
    }

    @Override
    public void close() {
        subscribers.forEach(FeedSubscriber::close);
    }
}
