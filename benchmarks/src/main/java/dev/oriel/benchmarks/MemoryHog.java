package dev.oriel.benchmarks;

import com.sun.jna.Memory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that takes memory and keeps it: for each number of bytes that it reads it touches so many more and then says
 * {@code taken}. Ends with its input.
 */
public final class MemoryHog {

    private static final byte ANY = 1;

    private MemoryHog() {}

    /**
     * Runs until the input ends.
     *
     * @param arguments none
     * @throws Exception if the input cannot be read
     */
    public static void main(String[] arguments) throws Exception {
        List<Memory> taken = new ArrayList<>();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println("ready");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Memory more = new Memory(Long.parseLong(line));
            more.setMemory(0, more.size(), ANY);
            taken.add(more);
            out.println("taken");
        }
    }
}
