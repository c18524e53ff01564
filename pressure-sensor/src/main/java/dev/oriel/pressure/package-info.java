/**
 * Reads how short of memory the machine is, as a stream of levels. {@link dev.oriel.pressure.PressureSensors} opens a
 * sensor, {@link dev.oriel.pressure.PressureSensor} is what a program holds. What to do about a level is decided
 * elsewhere: nothing here knows of budgets, screens or frames.
 */
@NullMarked
package dev.oriel.pressure;

import org.jspecify.annotations.NullMarked;
