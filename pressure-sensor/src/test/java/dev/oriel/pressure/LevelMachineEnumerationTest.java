package dev.oriel.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything that can happen, in time that moves in a few sizes of steps. */
class LevelMachineEnumerationTest {
    private static final long DWELL = 4;
    private static final long SETTLE = 2;
    private static final LevelMachine MACHINE = new LevelMachine(Duration.ofNanos(DWELL), Duration.ofNanos(SETTLE));

    private record Pass(long nanos, boolean isGap) {}

    private static final Pass SHORT = new Pass(1, false);
    private static final Pass A_DWELL = new Pass(DWELL, false);
    private static final Pass GAP = new Pass(9, true);
    private static final Pass BACK = new Pass(-3, true);

    private static final LevelState START = LevelState.believing(Optional.empty());

    private int sequences;

    @Test
    void equalsItsDefinitionOnAllShortSequencesOfAllThatCanBeSeen() {
        enumerate(Look.sights(), List.of(SHORT, A_DWELL, GAP, BACK), 4);
        assertThat(sequences).isEqualTo(44 * 44 * 44 * 44);
    }

    @Test
    void equalsItsDefinitionOnAllSequencesOfSevenLevels() {
        enumerate(Look.flatSights(), List.of(SHORT, A_DWELL), 7);
        assertThat(sequences).isEqualTo(8 * 8 * 8 * 8 * 8 * 8 * 8);
    }

    private void enumerate(List<@Nullable Sight> sights, List<Pass> passes, int length) {
        extend(START, 0, new LevelOracle(DWELL, SETTLE), sights, passes, length);
    }

    private void extend(
            LevelState state, long now, LevelOracle oracle, List<@Nullable Sight> sights, List<Pass> passes, int left) {
        if (left == 0) {
            sequences++;
            return;
        }
        for (Pass pass : passes) {
            for (Sight sight : sights) {
                Look look = new Look(now + pass.nanos, sight, pass.isGap);
                LevelState next = look.after(state, MACHINE);
                Optional<PressureLevel> expected = oracle.add(look);
                if (!next.level().equals(expected)) {
                    throw new AssertionError(look + " made of " + state + " this: " + next + ", not " + expected);
                }
                extend(next, look.atNanos(), oracle, sights, passes, left - 1);
                oracle.removeLast();
            }
        }
    }

    /* Not sequences but states: what has been reached once is not gone through again, so that this holds for traces of
     * any length. Times count back from now, and what lasts longer than anything has to last is not told apart. */
    @Test
    void keepsItsPromisesInEveryStateThatCanBeReached() {
        Set<Node> reached = new HashSet<>();
        Deque<Node> next = new ArrayDeque<>();
        Node start = new Node(START, LevelGuard.start(DWELL, SETTLE));
        reached.add(start);
        next.add(start);
        while (!next.isEmpty()) {
            for (Node neighbour : next.removeFirst().neighbours()) {
                if (reached.add(neighbour)) {
                    next.addLast(neighbour);
                }
            }
        }
        assertThat(reached).hasSizeGreaterThan(100);
        assertThat(reached.stream().map(node -> node.state.level()).distinct()).hasSize(4);
    }

    private record Node(LevelState state, LevelGuard guard) {

        List<Node> neighbours() {
            List<Node> neighbours = new ArrayList<>();
            for (Pass pass : List.of(SHORT, A_DWELL, GAP, BACK)) {
                for (Sight sight : Look.sights()) {
                    Look look = new Look(pass.nanos, sight, pass.isGap);
                    LevelState next = look.after(state, MACHINE);
                    LevelGuard watched = guard.after(pass.nanos, look, state, next, DWELL, SETTLE);
                    neighbours.add(new Node(countedBackFrom(next, pass.nanos), watched));
                }
            }
            return neighbours;
        }

        private static LevelState countedBackFrom(LevelState state, long now) {
            return new LevelState(
                    state.level(),
                    back(state.worsenedAtNanos(), now),
                    back(state.belowRedSinceNanos(), now),
                    back(state.belowYellowSinceNanos(), now),
                    back(state.unseenSinceNanos(), now));
        }

        private static OptionalLong back(OptionalLong at, long now) {
            return at.isEmpty() ? at : OptionalLong.of(Math.max(-DWELL, at.getAsLong() - now));
        }
    }
}
