package dev.oriel.cache;

/** Why a picture that was asked for is not there. */
public enum CacheMiss {
    /** None came yet, or its space was forgotten. */
    ABSENT,
    /** It was dropped to keep the budget. */
    EVICTED,
    /** The newest one is older than the TTL, and changes of the space cannot be seen. */
    EXPIRED,
    /** The history that is kept does not reach so far back. */
    PAST
}
