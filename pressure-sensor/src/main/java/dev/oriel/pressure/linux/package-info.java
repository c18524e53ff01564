/**
 * Reads memory pressure on Linux. {@link dev.oriel.pressure.linux.LinuxPressureProbe} is the way in; it asks one source
 * each for stalls ({@code /proc/pressure/memory} and that of the own group), what is available ({@code /proc/meminfo}),
 * the limits of the control groups (version 1, 2 or both side by side), pages that come back too soon
 * ({@code /proc/vmstat}), this process's own memory and that of graphics cards. The files stay open, and a look leaves
 * nothing for the collector.
 */
@NullMarked
package dev.oriel.pressure.linux;

import org.jspecify.annotations.NullMarked;
