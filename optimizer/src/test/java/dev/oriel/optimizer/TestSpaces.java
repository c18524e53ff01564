package dev.oriel.optimizer;

import dev.oriel.capture.Area;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Live spaces in a row, each named after its index, and wishes to see them. */
final class TestSpaces {

    static final Duration OFTEN = Duration.ofMillis(100);

    private TestSpaces() {}

    static SpaceId id(int index) {
        return new SpaceId("desk-" + index);
    }

    static Space space(int index) {
        return new Space(id(index), index, "Desk " + index, new Area(0, 0, 640, 480), false, SpaceState.LIVE);
    }

    /** Spaces 1 to {@code count}; none is active. */
    static List<Space> row(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(TestSpaces::space).toList();
    }

    /** Spaces 1 to {@code count}, one of them active. */
    static List<Space> row(int count, int active) {
        return row(count).stream()
                .map(space -> space.withActive(space.index() == active))
                .toList();
    }

    static List<Space> withState(List<Space> spaces, int index, SpaceState state) {
        return spaces.stream()
                .map(space -> space.index() == index ? space.withState(state, "") : space)
                .toList();
    }

    static Interest everything(Quality quality) {
        return new Interest(Optional.empty(), quality, OFTEN);
    }

    static Interest only(int index, Quality quality) {
        return new Interest(Optional.of(id(index)), quality, OFTEN);
    }

    static Demand demand(Interest... interests) {
        return new Demand(List.of(interests), Optional.empty());
    }

    static Demand focused(int index, Interest... interests) {
        return new Demand(List.of(interests), Optional.of(id(index)));
    }

    static List<SpaceId> ids(Integer... indexes) {
        return List.of(indexes).stream().map(TestSpaces::id).toList();
    }

    /** The spaces that a schedule names, in its order. */
    static List<SpaceId> named(CaptureSchedule schedule) {
        return schedule.targets().stream().map(CaptureTarget::space).toList();
    }
}
