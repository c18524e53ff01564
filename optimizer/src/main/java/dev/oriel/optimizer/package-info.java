/**
 * Decides what to capture and how much to keep.
 *
 * <p>{@link dev.oriel.optimizer.PressurePolicy} is the level table as a pure function; {@link
 * dev.oriel.optimizer.SchedulePolicy} picks spaces and qualities from a plan, the spaces there are and what somebody
 * wants; {@link dev.oriel.optimizer.CaptureOptimizer} runs both over streams. Sockets and the environment are unknown
 * here.
 */
@NullMarked
package dev.oriel.optimizer;

import org.jspecify.annotations.NullMarked;
