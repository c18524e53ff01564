package dev.oriel.benchmarks;

import java.io.IOException;
import java.util.List;

/** Memory that gets scarce for a server when it is told to. */
interface ScarceMemory extends AutoCloseable {

    /** As the report names it. */
    String kind();

    /** In words. */
    String how();

    /** The words of a command that becomes the server: where it has to run. */
    List<String> before();

    /** What the server has to be told. */
    List<String> serverOptions();

    /** Whether it is known when the step begins, so that the time until the level turns is one of the server. */
    boolean isTimed();

    /** Makes it scarcer, but never so that a program has to be killed. Called again and again until the level is RED. */
    void squeeze() throws IOException, InterruptedException;

    /** Makes it plentiful again. */
    void release();

    /** Takes apart what is left; the server has ended. */
    @Override
    void close() throws IOException;
}
