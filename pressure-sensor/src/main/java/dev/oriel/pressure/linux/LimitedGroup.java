package dev.oriel.pressure.linux;

/**
 * A group with a limit that holds for this process.
 *
 * @param group the group that the limit is set on
 * @param limitBytes the lowest of its limits
 */
record LimitedGroup(MemoryGroup group, long limitBytes) {}
