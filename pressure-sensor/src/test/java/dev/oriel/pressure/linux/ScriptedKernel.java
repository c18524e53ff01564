package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Answers system calls as told, and keeps its own time: what waits makes it pass. */
final class ScriptedKernel implements Kernel {
    static final String EVENTFD = "eventfd";
    private static final int FIRST_DESCRIPTOR = 100;

    private final Map<String, Deque<Integer>> openAnswers = new HashMap<>();
    private final Map<String, Deque<Integer>> writeAnswers = new HashMap<>();
    private final Deque<Integer> pollAnswers = new ArrayDeque<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<Integer, String> open = new HashMap<>();
    private final Map<Integer, Integer> happened = new HashMap<>();
    private final List<String> written = new ArrayList<>();
    private final List<Integer> polledCounts = new ArrayList<>();
    private long nanos = 1_000_000_000;
    private int opened;

    long nanos() {
        return nanos;
    }

    /** Has the next openings of a file fail, or succeed for an answer of 0. */
    ScriptedKernel onOpen(String file, Integer... answers) {
        openAnswers.put(file, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    /** Answers the next writes to a file so; the ones after that take everything. */
    ScriptedKernel onWrite(String file, Integer... answers) {
        writeAnswers.put(file, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    ScriptedKernel onPoll(Integer... answers) {
        pollAnswers.addAll(List.of(answers));
        return this;
    }

    ScriptedKernel text(String file, String text) {
        texts.put(file, text);
        return this;
    }

    void removeText(String file) {
        texts.remove(file);
    }

    /** Lets something happen to the newest open descriptor of a file until it is read from. */
    void happen(String file, int what) {
        happened.put(descriptorOf(file), what);
    }

    int descriptorOf(String file) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().equals(file))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElseThrow(() -> new AssertionError(file + " is not open, but " + open));
    }

    /** What was written, as "file: text". */
    List<String> written() {
        return written;
    }

    /** How many descriptors each poll was shown. */
    List<Integer> polledCounts() {
        return polledCounts;
    }

    List<String> openFiles() {
        return open.values().stream().sorted().toList();
    }

    @Override
    public int open(Path file, int access) {
        return opened(file.toString());
    }

    @Override
    public int connect(Path socket) {
        return opened(socket.toString());
    }

    @Override
    public int eventfd() {
        return opened(EVENTFD);
    }

    private int opened(String file) {
        int refusal = next(openAnswers, file, 0);
        if (refusal < 0) {
            return refusal;
        }
        int descriptor = FIRST_DESCRIPTOR + opened++;
        open.put(descriptor, file);
        return descriptor;
    }

    @Override
    public int write(int descriptor, ByteBuffer bytes, int count) {
        int answer = next(writeAnswers, open(descriptor), count);
        if (answer >= 0) {
            byte[] taken = new byte[answer];
            bytes.get(0, taken);
            written.add(open(descriptor) + ": " + new String(taken, ISO_8859_1));
        }
        if (open(descriptor).equals(EVENTFD)) {
            happened.put(descriptor, (int) POLLIN);
        }
        return answer;
    }

    @Override
    public int read(int descriptor, ByteBuffer bytes) {
        return happened.remove(descriptor) == null ? -Errno.EAGAIN : text(descriptor, bytes);
    }

    @Override
    public int readAgain(int descriptor, ByteBuffer bytes) {
        happened.remove(descriptor);
        return texts.containsKey(open(descriptor)) ? text(descriptor, bytes) : -Errno.ENODEV;
    }

    private int text(int descriptor, ByteBuffer bytes) {
        byte[] text = texts.getOrDefault(open(descriptor), "12345678").getBytes(ISO_8859_1);
        bytes.put(0, text);
        return text.length;
    }

    @Override
    public int poll(ByteBuffer pollfds, int count, int timeoutMillis) {
        polledCounts.add(count);
        Integer scripted = pollAnswers.poll();
        if (scripted != null) {
            return scripted;
        }
        int ready = 0;
        for (int i = 0; i < count; i++) {
            int descriptor = pollfds.getInt(i * POLLFD_BYTES);
            int asked = pollfds.getShort(i * POLLFD_BYTES + POLLFD_EVENTS) | POLLERR | POLLHUP;
            open(descriptor);
            int now = happened.getOrDefault(descriptor, 0) & asked;
            pollfds.putShort(i * POLLFD_BYTES + POLLFD_HAPPENED, (short) now);
            ready += now == 0 ? 0 : 1;
        }
        nanos += ready == 0 ? TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : 1_000;
        return ready;
    }

    @Override
    public void close(int descriptor) {
        open(descriptor);
        open.remove(descriptor);
        happened.remove(descriptor);
    }

    private String open(int descriptor) {
        assertThat(open).as("open descriptors").containsKey(descriptor);
        return open.get(descriptor);
    }

    private static int next(Map<String, Deque<Integer>> answers, String file, int otherwise) {
        Deque<Integer> rest = answers.getOrDefault(file, new ArrayDeque<>());
        return rest.isEmpty() ? otherwise : rest.remove();
    }
}
