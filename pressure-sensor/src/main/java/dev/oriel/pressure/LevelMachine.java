package dev.oriel.pressure;

import static dev.oriel.pressure.PressureLevel.GREEN;
import static dev.oriel.pressure.PressureLevel.RED;
import static dev.oriel.pressure.PressureLevel.YELLOW;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes one level of what is seen, as a pure function: worse at once, better slowly.
 *
 * <pre>
 * outlook  G  R  Y  G  G  G  G  G  G  G
 * believed G  R  R  R  R  Y  Y  Y  G  G     (dwell of three looks)
 * </pre>
 *
 * <ul>
 *   <li><b>Worse</b> is what is read, at once.
 *   <li><b>Better</b> is believed when every outlook of a whole dwell was better than the level: not only has there been
 *       room all the time, it would also have lasted. The level becomes the worst outlook of that dwell, and the next
 *       dwell begins, so that there is one improvement in any dwell at most.
 *   <li><b>Unknown</b> is what nobody could read for a whole dwell; until then the level stays. The first thing seen
 *       after that is believed.
 *   <li><b>Gaps</b>: no time counts in which nobody looked, or that a clock made up. All that takes time begins anew.
 * </ul>
 *
 * <p>No release is unnecessary. Each turn for the worse asks for one; it is unnecessary if at that time no source was at
 * the new level and no forecast said so either, or if only a forecast did that rests on what was seen before the last
 * release can have landed: memory that we are giving back ourselves would then be asked for twice. Hence a forecast alone
 * makes nothing worse until the last answer has settled; a level that is there always does.
 *
 * <p>The same state comes back when nothing changes. Looks that change nothing need not be kept: the others alone lead
 * to the same states.
 */
final class LevelMachine {
    private final long dwellNanos;
    private final long settleNanos;

    /**
     * Creates a machine.
     *
     * @param dwell how long an outlook must have been better, and how long nothing can be read until the level is
     *     unknown
     * @param settle how long a release takes to land, and then until no forecast looks back to before it landed
     */
    LevelMachine(Duration dwell, Duration settle) {
        dwellNanos = dwell.toNanos();
        settleNanos = settle.toNanos();
    }

    /** The state after one look; null if it saw nothing. */
    LevelState next(LevelState before, long atNanos, @Nullable Sight sight, boolean afterGap) {
        LevelState known = afterGap || before.isAheadOf(atNanos) ? before.restartedAt(atNanos) : before;
        LevelState next = sight == null ? unseen(known, atNanos) : seen(known, atNanos, sight);
        return next.equals(before) ? before : next;
    }

    LevelState next(LevelState before, LevelStep step) {
        return next(before, step.atNanos(), step.sight(), step.afterGap());
    }

    private LevelState unseen(LevelState before, long atNanos) {
        OptionalLong settling = settling(before, atNanos);
        if (before.level().isEmpty()) {
            return before.with(settling, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
        OptionalLong since = since(before.unseenSinceNanos(), atNanos);
        return hasLasted(since, atNanos)
                ? state(Optional.empty(), settling, OptionalLong.empty())
                : before.with(settling, OptionalLong.empty(), OptionalLong.empty(), since);
    }

    private LevelState seen(LevelState before, long atNanos, Sight sight) {
        OptionalLong settling = settling(before, atNanos);
        PressureLevel claim = settling.isPresent() ? sight.present() : sight.read();
        if (before.level().isEmpty() || claim.compareTo(before.level().get()) > 0) {
            return state(
                    Optional.of(claim), claim == GREEN ? settling : OptionalLong.of(atNanos), OptionalLong.empty());
        }
        PressureLevel level = before.level().get();
        OptionalLong belowRed = level == RED && sight.outlook() != RED
                ? since(before.belowRedSinceNanos(), atNanos)
                : OptionalLong.empty();
        OptionalLong belowYellow = level != GREEN && sight.outlook() == GREEN
                ? since(before.belowYellowSinceNanos(), atNanos)
                : OptionalLong.empty();
        if (hasLasted(belowYellow, atNanos)) {
            return state(Optional.of(GREEN), settling, OptionalLong.empty());
        }
        if (hasLasted(belowRed, atNanos)) {
            OptionalLong anew = belowYellow.isPresent() ? OptionalLong.of(atNanos) : OptionalLong.empty();
            return state(Optional.of(YELLOW), settling, anew);
        }
        return before.with(settling, belowRed, belowYellow, OptionalLong.empty());
    }

    private OptionalLong settling(LevelState before, long atNanos) {
        OptionalLong worsenedAt = before.worsenedAtNanos();
        return worsenedAt.isPresent() && atNanos - worsenedAt.getAsLong() < settleNanos
                ? worsenedAt
                : OptionalLong.empty();
    }

    private boolean hasLasted(OptionalLong since, long atNanos) {
        return since.isPresent() && atNanos - since.getAsLong() >= dwellNanos;
    }

    private static OptionalLong since(OptionalLong before, long atNanos) {
        return before.isPresent() ? before : OptionalLong.of(atNanos);
    }

    private static LevelState state(
            Optional<PressureLevel> level, OptionalLong worsenedAt, OptionalLong belowYellowSince) {
        return new LevelState(level, worsenedAt, OptionalLong.empty(), belowYellowSince, OptionalLong.empty());
    }
}
