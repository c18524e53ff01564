/** Six drawn spaces, for a machine that has no screen. */
@NullMarked
package dev.oriel.capture.demo;

import org.jspecify.annotations.NullMarked;
