package dev.oriel.gateway;

import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Space;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A space as clients see it. The last three are null while there is no picture of it. */
record SpaceView(
        String id,
        int index,
        String label,
        int width,
        int height,
        boolean active,
        String state,
        @Nullable Long revision,
        @Nullable Instant capturedAt,
        @Nullable Long ageMillis) {

    static SpaceView withoutPicture(Space space) {
        return new SpaceView(
                space.id().value(),
                space.index(),
                space.label(),
                space.width(),
                space.height(),
                space.active(),
                space.state().name().toLowerCase(Locale.ROOT),
                null,
                null,
                null);
    }

    static SpaceView of(Space space, Oriel oriel, Clock clock) {
        Optional<FrameInfo> newest = oriel.pictures().newestInfo(space.id());
        return new SpaceView(
                space.id().value(),
                space.index(),
                space.label(),
                space.width(),
                space.height(),
                space.active(),
                oriel.pictures().state(space).name().toLowerCase(Locale.ROOT),
                newest.map(FrameInfo::revision).orElse(null),
                newest.map(FrameInfo::capturedAt).orElse(null),
                newest.map(frame -> Math.max(
                                0,
                                Duration.between(frame.capturedAt(), clock.instant())
                                        .toMillis()))
                        .orElse(null));
    }
}
