package dev.oriel.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A program that we started. It is ended through its own process and by no other means. */
final class Child implements AutoCloseable {

    private static final int MOST_LINES = 200;
    private static final Duration LONGEST_END = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(50);

    /**
     * A line that the program wrote, on either output.
     *
     * @param nanoTime when it was read
     */
    record Line(String text, long nanoTime) {}

    private final String name;
    private final Process process;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(MOST_LINES);
    private final Thread reader;

    Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = new Thread(this::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                Line line = new Line(text, System.nanoTime());
                while (!lines.offer(line)) {
                    lines.poll();
                }
            }
        } catch (IOException e) {
            lines.offer(new Line(e.toString(), System.nanoTime()));
        }
    }

    /**
     * Waits until the program writes a line in which the pattern is found; earlier lines are passed over.
     *
     * @throws BenchmarkFailedException if it ends first, or takes too long; the message tells what it wrote
     */
    Line awaitLine(Pattern pattern, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<String> passed = new ArrayList<>();
        while (System.nanoTime() < deadline) {
            boolean complete = !reader.isAlive();
            Line line = nextLine();
            if (line != null && pattern.matcher(line.text()).find()) {
                return line;
            } else if (line != null) {
                passed.add(line.text());
            } else if (complete) {
                boolean ended = process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
                throw new BenchmarkFailedException(
                        name + (ended ? " ended with status " + process.exitValue() : " closed its output")
                                + "; it said: " + String.join(" | ", passed));
            }
        }
        throw new BenchmarkFailedException(name + " did not say \"" + pattern + "\" within " + timeout.toSeconds()
                + " s; it said: " + String.join(" | ", passed));
    }

    /**
     * Writes a line to the program's input.
     *
     * @throws BenchmarkFailedException if the program has ended
     */
    void tell(String line) {
        try {
            BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new BenchmarkFailedException(name + " does not listen: " + e.getMessage() + "; it said: "
                    + lines.stream().map(Line::text).collect(Collectors.joining(" | ")));
        }
    }

    /** Forgets the lines so far in which the pattern is found. */
    void forget(Pattern pattern) {
        lines.removeIf(line -> pattern.matcher(line.text()).find());
    }

    /** The lines so far in which the pattern is found; nobody has waited for them yet. */
    List<Line> said(Pattern pattern) {
        return lines.stream()
                .filter(line -> pattern.matcher(line.text()).find())
                .toList();
    }

    /** As {@link #awaitLine}; the first group of the match. */
    String awaitText(Pattern pattern, Duration timeout) throws InterruptedException {
        Matcher matcher = pattern.matcher(awaitLine(pattern, timeout).text());
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " was found before");
        }
        return matcher.group(1);
    }

    /** How it ended and what it said last; empty if it still runs after so long. */
    Optional<String> obituary(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        String said = lines.stream().map(Line::text).collect(Collectors.joining(" | "));
        return Optional.of(
                name + " ended with status " + process.exitValue() + (said.isEmpty() ? "" : "; it said: " + said));
    }

    private @Nullable Line nextLine() throws InterruptedException {
        return lines.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits for the end.
     *
     * @throws BenchmarkFailedException if it fails, or takes too long
     */
    void awaitSuccess(Duration timeout) throws InterruptedException {
        int status = awaitEnd(timeout);
        if (status != 0) {
            reader.join(LONGEST_END.toMillis());
            throw new BenchmarkFailedException(name + " failed with status " + status + ": "
                    + lines.stream().map(Line::text).toList());
        }
    }

    /**
     * Waits for the end, good or bad; returns the status.
     *
     * @throws BenchmarkFailedException if it takes too long
     */
    int awaitEnd(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchmarkFailedException(name + " did not end within " + timeout.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Ends the program, politely at first. May be called again. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
