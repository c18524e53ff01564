package dev.oriel.optimizer;

import static dev.oriel.optimizer.TestSpaces.id;
import static dev.oriel.optimizer.TestSpaces.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.SpaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisitsTest {

    @Test
    void nothingIsLikelyBeforeAnybodyWentAnywhere() {
        assertThat(Visits.NONE.likelyNext()).isEmpty();
        assertThat(walk(1).likelyNext()).isEmpty();
    }

    @Test
    void nothingIsLikelyFromASpaceThatNobodyLeft() {
        assertThat(walk(1, 2, 1, 2, 3).likelyNext()).isEmpty();
    }

    @Test
    void whereSomebodyWentFromHereIsLikely() {
        assertThat(walk(1, 5, 1).likelyNext()).containsExactly(id(5));
        assertThat(walk(1, 5, 1, 5).likelyNext()).containsExactly(id(1));
    }

    @Test
    void twoPlacesWithHalfTheDeparturesEachAreBothLikely() {
        assertThat(walk(1, 5, 1, 7, 1).likelyNext()).containsExactlyInAnyOrder(id(5), id(7));
    }

    @Test
    void aPlaceWithLessThanHalfTheDeparturesIsNot() {
        assertThat(walk(1, 5, 1, 7, 1, 5, 1).likelyNext()).containsExactly(id(5));
        assertThat(walk(1, 5, 1, 7, 1, 9, 1).likelyNext()).isEmpty();
        assertThat(walk(1, 5, 1, 5, 1, 7, 1, 7, 1, 9, 1).likelyNext()).isEmpty();
    }

    @Test
    void onlyTheVeryNextStepCounts() {
        assertThat(walk(1, 2, 3, 1).likelyNext()).containsExactly(id(2));
    }

    @Test
    void stayingIsNotAVisit() {
        Visits visits = walk(1, 2);

        assertThat(visits.then(Optional.of(id(2)))).isSameAs(visits);
        assertThat(walk(1, 1, 2, 2, 2).steps()).isEqualTo(ids(1, 2));
    }

    @Test
    void timesWithoutAnActiveSpaceDoNotBreakAStay() {
        assertThat(Visits.NONE.then(Optional.empty())).isSameAs(Visits.NONE);
        assertThat(walk(1).then(Optional.empty()).then(Optional.of(id(1))).steps())
                .isEqualTo(ids(1));
        assertThat(walk(1).then(Optional.empty()).then(Optional.of(id(2))).steps())
                .isEqualTo(ids(1, 2));
    }

    @Test
    void anotherVisitLeavesTheOnesBeforeAsTheyWere() {
        Visits before = walk(1, 2);
        before.then(Optional.of(id(3)));

        assertThat(before.steps()).isEqualTo(ids(1, 2));
    }

    @Test
    void doesNotChangeWithTheListItWasMadeFrom() {
        List<SpaceId> steps = new ArrayList<>(ids(1, 2, 1));
        Visits visits = new Visits(steps);
        steps.clear();

        assertThat(visits.likelyNext()).containsExactly(id(2));
    }

    @Test
    void looksBackABoundedWay() {
        Visits visits = Visits.NONE;
        for (int step = 1; step <= 3 * Visits.MOST; step++) {
            visits = visits.then(Optional.of(id(step)));
        }

        assertThat(visits.steps())
                .hasSize(Visits.MOST)
                .startsWith(id(2 * Visits.MOST + 1))
                .endsWith(id(3 * Visits.MOST));
    }

    @Test
    void oldHabitsAreForgotten() {
        Visits visits = walk(1, 5);
        for (int step = 0; step < Visits.MOST; step++) {
            visits = visits.then(Optional.of(id(step % 2 == 0 ? 1 : 2)));
        }

        assertThat(visits.then(Optional.of(id(1))).likelyNext()).containsExactly(id(2));
        assertThat(visits.steps()).doesNotContain(id(5));
    }

    private static Visits walk(Integer... indexes) {
        Visits visits = Visits.NONE;
        for (SpaceId space : ids(indexes)) {
            visits = visits.then(Optional.of(space));
        }
        return visits;
    }
}
