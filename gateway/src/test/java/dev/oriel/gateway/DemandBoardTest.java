package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import dev.oriel.optimizer.Demand;
import dev.oriel.optimizer.Interest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class DemandBoardTest {

    private static final SpaceId A = new SpaceId("a");
    private static final SpaceId B = new SpaceId("b");
    private static final Interest ALL = new Interest(Optional.empty(), Quality.FAST, Duration.ZERO);
    private static final Interest ONE = new Interest(Optional.of(A), Quality.FULL, Duration.ZERO);

    private final DemandBoard board = new DemandBoard();

    private Demand now() {
        return Objects.requireNonNull(board.demands().blockFirst(Duration.ofSeconds(5)));
    }

    @Test
    void nobodyWantsAnythingAtFirst() {
        assertThat(now()).isEqualTo(Demand.NONE);
    }

    @Test
    void aPlaceAloneWantsNothing() {
        try (DemandBoard.Place place = board.take()) {
            assertThat(place).isNotNull();
            assertThat(now()).isEqualTo(Demand.NONE);
        }
    }

    @Test
    void gathersWhatAllWant() {
        DemandBoard.Place first = board.take();
        DemandBoard.Place second = board.take();

        first.want(List.of(ALL));
        second.want(List.of(ONE));
        assertThat(now().interests()).containsExactlyInAnyOrder(ALL, ONE);

        first.close();
        assertThat(now().interests()).containsExactly(ONE);

        second.close();
        assertThat(now()).isEqualTo(Demand.NONE);
    }

    @Test
    void theNewestWishOfAPlaceCounts() {
        DemandBoard.Place place = board.take();
        place.want(List.of(ALL));
        place.want(List.of(ONE));

        assertThat(now().interests()).containsExactly(ONE);
    }

    @Test
    void theNewestFocusCountsAndGoesWithItsPlace() {
        DemandBoard.Place first = board.take();
        DemandBoard.Place second = board.take();

        first.focus(Optional.of(A));
        second.focus(Optional.of(B));
        assertThat(now().focus()).contains(B);

        first.focus(Optional.of(A));
        assertThat(now().focus()).as("saying it again is no news").contains(B);

        second.focus(Optional.empty());
        assertThat(now().focus()).as("the one before counts again").contains(A);

        first.close();
        assertThat(now().focus()).isEmpty();
    }

    @Test
    void aClosedPlaceWantsNothingAnyMore() {
        DemandBoard.Place place = board.take();
        place.close();

        place.want(List.of(ALL));
        place.focus(Optional.of(A));

        assertThat(now()).isEqualTo(Demand.NONE);
    }

    @Test
    void closingTwiceIsHarmless() {
        DemandBoard.Place place = board.take();
        place.want(List.of(ALL));
        place.close();
        place.close();

        assertThat(now()).isEqualTo(Demand.NONE);
    }

    @Test
    void tellsOnlyChanges() {
        DemandBoard.Place place = board.take();
        StepVerifier.create(board.demands())
                .expectNext(Demand.NONE)
                .then(() -> place.want(List.of(ALL)))
                .expectNext(new Demand(List.of(ALL), Optional.empty()))
                .then(() -> place.want(List.of(ALL)))
                .then(place::close)
                .expectNext(Demand.NONE)
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void aSlowListenerGetsTheNewest() {
        DemandBoard.Place place = board.take();
        StepVerifier.create(board.demands(), 1)
                .expectNext(Demand.NONE)
                .then(() -> {
                    place.want(List.of(ALL));
                    place.want(List.of(ALL, ONE));
                    place.want(List.of(ONE));
                })
                .thenRequest(1)
                .expectNext(new Demand(List.of(ONE), Optional.empty()))
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }
}
