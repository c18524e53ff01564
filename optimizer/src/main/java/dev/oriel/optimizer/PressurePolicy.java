package dev.oriel.optimizer;

import dev.oriel.pressure.PressureLevel;
import java.util.Optional;

/** The level table: from a pressure level to a plan. A pure function of its settings. */
public final class PressurePolicy {

    private static final int REDUCTION_YELLOW = 15;
    private static final int REDUCTION_RED = 25;
    private static final long MEGABYTE = 1024L * 1024;

    private final PressureSettings settings;

    /**
     * Makes the table.
     *
     * @param settings what the levels mean
     */
    public PressurePolicy(PressureSettings settings) {
        this.settings = settings;
    }

    /**
     * What to do at a level.
     *
     * @param level empty while it is unknown
     * @return the plan
     */
    public LevelPlan planFor(Optional<PressureLevel> level) {
        if (!settings.adaptive()) {
            return plan(settings.green(), settings.green().budgetMegabytes(), SpaceSelection.ALL, true, 0);
        }
        if (level.isEmpty()) {
            return plan(
                    settings.yellow(),
                    settings.fallbackMegabytes(),
                    SpaceSelection.ACTIVE_AND_ADJACENT,
                    false,
                    REDUCTION_YELLOW);
        }
        return switch (level.get()) {
            case GREEN -> plan(settings.green(), settings.green().budgetMegabytes(), SpaceSelection.ALL, true, 0);
            case YELLOW ->
                plan(
                        settings.yellow(),
                        settings.yellow().budgetMegabytes(),
                        SpaceSelection.ACTIVE_AND_ADJACENT,
                        false,
                        REDUCTION_YELLOW);
            case RED ->
                plan(
                        settings.red(),
                        settings.red().budgetMegabytes(),
                        SpaceSelection.ACTIVE_ONLY,
                        false,
                        REDUCTION_RED);
        };
    }

    private LevelPlan plan(
            LevelSettings level, int megabytes, SpaceSelection selection, boolean prefetch, int reduction) {
        return new LevelPlan(
                (settings.dynamicSizing() ? megabytes : settings.fallbackMegabytes()) * MEGABYTE,
                // A ceiling that followed the level would make the budget follow it.
                (settings.dynamicSizing() ? level : settings.green()).rssCeilingMegabytes() * MEGABYTE,
                level.ceiling(),
                settings.activeOnlyUnderPressure() ? selection : SpaceSelection.ALL,
                prefetch,
                settings.aggressiveCompression() ? reduction : 0);
    }
}
