package dev.oriel.gateway;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.optimizer.Interest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** What one subscriber of the feed wants, and how many frames it can take. Not safe for many threads. */
final class FeedWishes {

    /**
     * How a space is wanted.
     *
     * @param interval the least time between two frames
     */
    record Wish(Quality quality, Duration interval) {}

    private static final long MOST_CREDIT = 1000;

    private final Duration shortestInterval;
    private final Map<SpaceId, Wish> wishes = new HashMap<>();
    private Optional<Wish> forAll = Optional.empty();
    private Optional<SpaceId> focus = Optional.empty();
    private boolean hidden;
    private boolean automaticCredit = true;
    private long credit;

    FeedWishes(int maxFps) {
        this.shortestInterval = interval(maxFps);
    }

    private static Duration interval(int fps) {
        return Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / fps);
    }

    Wish wish(Quality quality, OptionalInt maxFps) {
        Duration wished = maxFps.isPresent() ? interval(maxFps.getAsInt()) : Duration.ZERO;
        return new Wish(quality, wished.compareTo(shortestInterval) > 0 ? wished : shortestInterval);
    }

    void wantAll(Wish wish) {
        forAll = Optional.of(wish);
    }

    void want(SpaceId space, Wish wish) {
        wishes.put(space, wish);
    }

    void wantAllNoLonger() {
        forAll = Optional.empty();
    }

    void wantNoLonger(SpaceId space) {
        wishes.remove(space);
    }

    void focus(Optional<SpaceId> space) {
        focus = space;
    }

    /** Hidden clients want nothing, and remember what they wanted. */
    void hide(boolean nowHidden) {
        hidden = nowHidden;
    }

    /** Once credit was given, each frame costs one. */
    void grant(int frames) {
        automaticCredit = false;
        credit = Math.min(MOST_CREDIT, credit + frames);
    }

    boolean canTakeAFrame() {
        return !hidden && (automaticCredit || credit > 0);
    }

    void frameTaken() {
        credit -= automaticCredit ? 0 : 1;
    }

    /** Empty if the space is not wanted. */
    Optional<Wish> of(SpaceId space) {
        return Optional.ofNullable(wishes.get(space)).or(() -> forAll);
    }

    List<Interest> interests() {
        List<Interest> interests = new ArrayList<>();
        if (!hidden) {
            forAll.ifPresent(all -> interests.add(new Interest(Optional.empty(), all.quality(), all.interval())));
            wishes.forEach(
                    (space, own) -> interests.add(new Interest(Optional.of(space), own.quality(), own.interval())));
        }
        return interests;
    }

    Optional<SpaceId> focus() {
        return hidden ? Optional.empty() : focus;
    }
}
