package dev.oriel.optimizer;

/** Which of the monitored spaces may be captured. */
public enum SpaceSelection {
    /** All of them. */
    ALL,
    /** The active one and those whose index differs by one. */
    ACTIVE_AND_ADJACENT,
    /** The active one. */
    ACTIVE_ONLY
}
