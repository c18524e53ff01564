package dev.oriel.benchmarks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The programs that a benchmark started. Closing ends those that still run, the newest first. Safe for many threads. */
final class Children implements AutoCloseable {

    private final Deque<Child> started = new ArrayDeque<>();
    private boolean closed;

    /**
     * Starts a program.
     *
     * @param name for messages
     * @param environment what is added to ours
     */
    synchronized Child start(String name, Map<String, String> environment, String... command) throws IOException {
        if (closed) {
            throw new BenchmarkFailedException("it was stopped");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Child child = new Child(name, builder.start());
        started.push(child);
        return child;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
