package dev.oriel.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of the machine that a test compares itself with. */
public final class Command {

    private static final long LONGEST_SECONDS = 30;
    private static final Map<String, String> PACKAGES = Map.of(
            "cjpeg", "libjpeg-turbo-progs",
            "djpeg", "libjpeg-turbo-progs",
            "ffmpeg", "ffmpeg",
            "openbox", "openbox",
            "xdotool", "xdotool",
            "xrandr", "x11-xserver-utils",
            "xterm", "xterm",
            "Xvfb", "xvfb");

    /**
     * What a program left.
     *
     * @param bytes its standard output
     * @param complaints its standard error
     * @param status its exit status
     */
    public record Result(byte[] bytes, String complaints, int status) {}

    private Command() {}

    /**
     * Runs a program to its end, which must be a good one.
     *
     * @param input for its standard input
     * @param environment added to ours
     * @param words the program and its arguments
     * @return its standard output
     * @throws AssertionError if it is missing, fails or does not end
     */
    public static byte[] output(byte[] input, Map<String, String> environment, List<String> words) {
        Result result = run(input, environment, words);
        if (result.status() != 0) {
            throw new AssertionError(words + " ended with " + result.status() + ": " + result.complaints());
        }
        return result.bytes();
    }

    /**
     * Runs a program to its end, whatever that is.
     *
     * @param input for its standard input
     * @param environment added to ours
     * @param words the program and its arguments
     * @return what it left
     * @throws AssertionError if it is missing or does not end
     */
    public static Result run(byte[] input, Map<String, String> environment, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        Process process = start(builder);
        try {
            CompletableFuture<byte[]> bytes = CompletableFuture.supplyAsync(() -> readAll(process, true));
            CompletableFuture<byte[]> complaints = CompletableFuture.supplyAsync(() -> readAll(process, false));
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException e) {
                /* It did not want all of it; its status tells why. */
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(words + " did not end within " + LONGEST_SECONDS + " s");
            }
            return new Result(bytes.join(), new String(complaints.join()), process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Starts a program.
     *
     * @param builder says what
     * @return running
     * @throws AssertionError if it is missing
     */
    public static Process start(ProcessBuilder builder) {
        String program = builder.command().get(0);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    program + " cannot be started; on Debian: apt-get install "
                            + PACKAGES.getOrDefault(program, program),
                    e);
        }
    }

    private static byte[] readAll(Process process, boolean standardOutput) {
        try {
            return (standardOutput ? process.getInputStream() : process.getErrorStream()).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
