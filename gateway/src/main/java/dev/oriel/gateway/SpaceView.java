package dev.oriel.gateway;

import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A space as clients see it.
 *
 * @param x where the space begins on its display
 * @param y where the space begins on its display
 * @param reason why it is in this state
 * @param windows what is in it
 * @param revision of the newest picture; null, as the last two, while there is none
 */
record SpaceView(
        String id,
        int index,
        String label,
        int x,
        int y,
        int width,
        int height,
        boolean active,
        String state,
        String reason,
        List<WindowView> windows,
        @Nullable Long revision,
        @Nullable Instant capturedAt,
        @Nullable Long ageMillis) {

    /** A window of a space. */
    record WindowView(String application, String title) {}

    /** As its source tells it, without what the server knows of its pictures. */
    static SpaceView withoutPicture(Space space) {
        return of(space, space.state(), space.reason(), Optional.empty(), Instant.EPOCH);
    }

    static SpaceView of(Space space, Oriel oriel, Clock clock) {
        Pictures pictures = oriel.pictures();
        return of(
                space, pictures.state(space), pictures.reason(space), pictures.newestInfo(space.id()), clock.instant());
    }

    private static SpaceView of(Space space, SpaceState state, String reason, Optional<FrameInfo> newest, Instant now) {
        return new SpaceView(
                space.id().value(),
                space.index(),
                space.label(),
                space.area().x(),
                space.area().y(),
                space.width(),
                space.height(),
                space.active(),
                state.name().toLowerCase(Locale.ROOT),
                reason,
                space.windows().stream()
                        .map(window -> new WindowView(window.application(), window.title()))
                        .toList(),
                newest.map(FrameInfo::revision).orElse(null),
                newest.map(FrameInfo::capturedAt).orElse(null),
                newest.map(frame -> Math.max(
                                0, Duration.between(frame.capturedAt(), now).toMillis()))
                        .orElse(null));
    }
}
