/** Plays recorded requests through caches of several kinds, beside the best that could be had. */
@NullMarked
package dev.oriel.benchmarks.simulator;

import org.jspecify.annotations.NullMarked;
