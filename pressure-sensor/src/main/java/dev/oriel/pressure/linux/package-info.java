/**
 * Reads memory pressure on Linux from plain files: {@code /proc/pressure/memory}, {@code /proc/meminfo} and the files of
 * the control groups, version 1, 2 or both side by side. {@link dev.oriel.pressure.linux.LinuxPressureProbe} is the way
 * in.
 */
@NullMarked
package dev.oriel.pressure.linux;

import org.jspecify.annotations.NullMarked;
