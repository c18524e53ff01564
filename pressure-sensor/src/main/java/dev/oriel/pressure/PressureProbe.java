package dev.oriel.pressure;

/** Asks the operating system once. May block on file reads; called by one thread at a time. */
@FunctionalInterface
interface PressureProbe {

    PressureReading probe();
}
