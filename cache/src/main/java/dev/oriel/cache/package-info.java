/** Holds frames under a byte budget that can change at any moment. */
@NullMarked
package dev.oriel.cache;

import org.jspecify.annotations.NullMarked;
