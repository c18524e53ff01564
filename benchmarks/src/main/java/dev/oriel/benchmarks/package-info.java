/**
 * Measures Oriel from outside: the program that users run, on displays of its own, beside other programs that do the
 * same. What is measured runs in a process of its own, which takes no part in it but to tell when a frame was made.
 */
@NullMarked
package dev.oriel.benchmarks;

import org.jspecify.annotations.NullMarked;
