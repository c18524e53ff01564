/**
 * Measures Oriel from outside: the program that users run, on displays of its own, beside other programs that do the
 * same. Nothing here is measured within the server's process.
 */
@NullMarked
package dev.oriel.benchmarks;

import org.jspecify.annotations.NullMarked;
