package dev.oriel.pressure.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Has the kernel under this test tell of pressure that is real. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class NotificationsIT {
    private static final long MIB = 1L << 20;
    private static final Path ROOT = Path.of("/");
    private static final Path MACHINE_STALLS = Path.of("/proc/pressure/memory");
    /* What was waited for came by itself, and not when the time was over. */
    private static final long NOT_BY_WAITING_NANOS = SECONDS.toNanos(5);
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final ExecutorService waiter = Executors.newSingleThreadExecutor();
    private PressureSensorSettings settings = PressureSensorSettings.defaults();

    @TempDir
    private Path nothing;

    @AfterEach
    void endTheWaiter() throws InterruptedException {
        waiter.shutdownNow();
        assertThat(waiter.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void crossingALineOfALimitIsTold() throws Exception {
        Path file = Files.createTempFile(SHARED_MEMORY, "oriel-it-", "");
        try (RealGroup group = RealGroup.memory(128 * MIB);
                Notifications notifications = open()) {
            notifications.follow(
                    List.of(group.memory()), group.ownUnified(), List.of(new LimitedGroup(group.memory(), 128 * MIB)));
            assertThat(notifications.absent()).noneMatch(line -> line.startsWith("cgroup"));
            group.run("head -c " + 92 * MIB + " /dev/zero > " + file);
            long[] delays = new long[6];
            for (int i = 0; i < delays.length; i += 2) {
                drain(notifications);
                delays[i] = delay(
                        notifications,
                        () -> group.run("head -c " + 14 * MIB + " /dev/zero >> " + file),
                        () -> group.number("memory.usage_in_bytes") > 128 * MIB / 5 * 4);
                drain(notifications);
                delays[i + 1] = delay(
                        notifications,
                        () -> group.run("truncate -s " + 92 * MIB + " " + file),
                        () -> group.number("memory.usage_in_bytes") < 128 * MIB / 5 * 4);
            }
            assertThat(median(delays)).isLessThan(NOT_BY_WAITING_NANOS);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void pagesThatAreTakenAwayAreTold(@TempDir Path disk) throws Exception {
        try (RealGroup group = RealGroup.memory(32 * MIB);
                Notifications notifications = open()) {
            notifications.follow(List.of(group.memory()), group.ownUnified(), List.of());
            assertThat(notifications.armed())
                    .containsExactly("cgroup v1: reclaim in " + group.memory().path());
            long delay = delay(
                    notifications,
                    () -> group.run("head -c " + 128 * MIB + " /dev/zero > " + disk.resolve("cached")),
                    () -> group.number("memory.failcnt") > 0);
            assertThat(delay).isLessThan(NOT_BY_WAITING_NANOS);
        }
    }

    @Test
    void aFirstShortStallIsNotMistakenForALongOneAndALongOneIsTold(@TempDir Path disk) throws Exception {
        String thrash = "for i in 1 2 3 4 5 6 7 8; do cat " + disk.resolve("cached") + " > /dev/null; done";
        try (RealGroup group = RealGroup.memoryAndStalls(8 * MIB);
                Notifications notifications = open()) {
            group.run("head -c " + 64 * MIB + " /dev/zero > " + disk.resolve("cached"));
            stall(group, thrash, 400_000);
            notifications.follow(List.of(), group.ownUnified(), List.of());
            long armedAt = group.stalledMicros();
            assertThat(notifications.armed()).singleElement().asString().startsWith("psi of the own group: some ");
            Future<Boolean> first = waiter.submit(() -> notifications.await(SECONDS.toNanos(5)));
            stall(group, "head -c " + MIB + " " + disk.resolve("cached") + " > /dev/null", armedAt + 1);
            assumeTrue(group.stalledMicros() - armedAt < 30_000, "the short stall was a long one");
            assertThat(first.get()).isFalse();

            Future<Boolean> second = waiter.submit(() -> notifications.await(SECONDS.toNanos(20)));
            while (!second.isDone()) {
                group.run(thrash);
            }
            assertThat(second.get()).isTrue();
            assertThat(group.stalledMicros() - armedAt).isGreaterThan(30_000);
        }
    }

    /* How long reclaim makes a task wait is the machine's affair; on some it hardly does. */
    private static void stall(RealGroup group, String command, long untilMicros) throws IOException {
        long end = System.nanoTime() + SECONDS.toNanos(20);
        while (group.stalledMicros() < untilMicros && System.nanoTime() < end) {
            group.run(command);
        }
        assumeTrue(group.stalledMicros() >= untilMicros, "nothing stalls here");
    }

    @Test
    void aGroupThatGoesAwayIsToldOnce() throws Exception {
        try (Notifications notifications = open()) {
            try (RealGroup group = RealGroup.memoryAndStalls(32 * MIB)) {
                notifications.follow(List.of(), group.ownUnified(), List.of());
                assertThat(notifications.armed()).hasSize(1);
            }
            assertThat(notifications.await(SECONDS.toNanos(10))).isTrue();
            assertThat(notifications.armed()).isEmpty();
            assertThat(notifications.await(MILLISECONDS.toNanos(50))).isFalse();
        }
    }

    /* The kernel tells of cgroup.events as it does of memory.events, which only a machine without version 1 has. */
    @Test
    void changedCountsOfAVersion2GroupAreTold() throws Exception {
        try (RealGroup group = RealGroup.memoryAndStalls(32 * MIB);
                Notifications notifications = open()) {
            Files.createSymbolicLink(
                    nothing.resolve("memory.events"), group.unified().resolve("cgroup.events"));
            MemoryGroup limited = new MemoryGroup(CgroupVersion.V2, nothing, "/limited");
            notifications.follow(List.of(), Optional.empty(), List.of(new LimitedGroup(limited, MIB)));
            assertThat(notifications.armed()).containsExactly("cgroup: memory.events of /limited");
            assertThat(notifications.await(MILLISECONDS.toNanos(30))).isFalse();
            group.leave();
            assertThat(notifications.await(SECONDS.toNanos(10))).isTrue();
            assertThat(notifications.await(MILLISECONDS.toNanos(100))).isFalse();
        }
    }

    @Test
    void aServiceManagersFifoIsHeardAndRead() throws Exception {
        Path fifo = nothing.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        settings = settings.withWatch(Optional.of(new PressureWatch(fifo, new byte[0])));
        try (Notifications notifications = open()) {
            assertThat(notifications.armed()).containsExactly("service manager: FIFO " + fifo);
            for (int i = 0; i < 3; i++) {
                Files.write(fifo, new byte[10_000], StandardOpenOption.WRITE);
                assertThat(notifications.await(SECONDS.toNanos(10))).isTrue();
                assertThat(notifications.await(MILLISECONDS.toNanos(50))).isFalse();
            }
        }
    }

    @Test
    void aServiceManagersSocketIsGreetedAndHeardUntilItCloses() throws Exception {
        Path path = nothing.resolve("socket");
        byte[] greeting = "some 200000 2000000\0".getBytes(US_ASCII);
        settings = settings.withWatch(Optional.of(new PressureWatch(path, greeting)));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (Notifications notifications = open();
                    SocketChannel manager = server.accept()) {
                ByteBuffer heard = ByteBuffer.allocate(greeting.length);
                assertThat(manager.read(heard)).isEqualTo(greeting.length);
                assertThat(heard.array()).isEqualTo(greeting);
                assertThat(notifications.await(MILLISECONDS.toNanos(30))).isFalse();
                manager.write(ByteBuffer.wrap(new byte[] {1}));
                assertThat(notifications.await(SECONDS.toNanos(10))).isTrue();
                manager.shutdownOutput();
                assertThat(notifications.await(SECONDS.toNanos(10))).isTrue();
                assertThat(notifications.absent()).contains("service manager: socket " + path + ": it has gone");
            }
        }
        try (Notifications notifications = open()) {
            assertThat(notifications.absent()).anyMatch(line -> line.endsWith(Errno.words(-Errno.ECONNREFUSED)));
        }
    }

    @Test
    void aServiceManagersStallFileGetsItsOwnTrigger() {
        assumeTrue(Files.isWritable(MACHINE_STALLS), "there is no " + MACHINE_STALLS);
        byte[] trigger = "full 200000 2000000\n".getBytes(US_ASCII);
        settings = settings.withWatch(Optional.of(new PressureWatch(MACHINE_STALLS, trigger)));
        try (Notifications notifications = open()) {
            assertThat(notifications.armed()).containsExactly("service manager: full 200 ms of 2000 ms");
        }
        settings = settings.withWatch(Optional.of(new PressureWatch(MACHINE_STALLS, "nonsense\n".getBytes(US_ASCII))));
        try (Notifications notifications = open()) {
            assertThat(notifications.absent())
                    .contains("service manager: " + MACHINE_STALLS + ": " + Errno.words(-Errno.EINVAL));
        }
    }

    @Test
    void thisMachinesStallsAreListenedTo() {
        assumeTrue(Files.isWritable(MACHINE_STALLS), "there is no " + MACHINE_STALLS);
        try (Notifications notifications = Notifications.open(settings, ROOT, Kernel.system(), System::nanoTime)) {
            assertThat(notifications.armed()).singleElement().asString().startsWith("psi of the machine: some ");
            assertThat(notifications.absent()).isEmpty();
        }
    }

    @Test
    void aWakeEndsAWait() throws Exception {
        try (Notifications notifications = open()) {
            long[] delays = new long[21];
            for (int i = 0; i < delays.length; i++) {
                Future<Long> end = waiter.submit(() -> {
                    assertThat(notifications.await(SECONDS.toNanos(60))).isFalse();
                    return System.nanoTime();
                });
                pass(Duration.ofMillis(5));
                long start = System.nanoTime();
                notifications.wake();
                delays[i] = end.get() - start;
            }
            assertThat(median(delays)).isLessThan(NOT_BY_WAITING_NANOS);
        }
    }

    @Test
    void closingEndsAWaitThatIsGoingOn() throws Exception {
        Notifications notifications = open();
        Future<Boolean> end = waiter.submit(() -> notifications.await(SECONDS.toNanos(60)));
        pass(Duration.ofMillis(20));
        notifications.close();
        assertThat(end.get(10, SECONDS)).isFalse();
    }

    @Test
    void waitingAllocatesNothingAndLeavesNothingOpen() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path fifo = nothing.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        settings = settings.withWatch(Optional.of(new PressureWatch(fifo, new byte[0])))
                .withFastestInterval(Duration.ofNanos(1));
        int times = 10_000;
        waitOften(times, fifo, threads);
        long before = openDescriptors();
        // The smallest object takes sixteen bytes; compiling takes some hundreds now and then.
        assertThat(waitOften(times, fifo, threads)).isLessThan(times);
        assertThat(openDescriptors()).isEqualTo(before);
    }

    /** Notices, wakes and times that run out, and a poll for each; the answer is what they allocated. */
    private long waitOften(int times, Path fifo, ThreadMXBean threads) throws IOException {
        long allocated = 0;
        try (Notifications notifications = open();
                OutputStream ring = Files.newOutputStream(fifo)) {
            for (int i = 0; i < times; i++) {
                boolean rings = i % 10 == 0;
                if (rings) {
                    ring.write(1);
                }
                long before = threads.getCurrentThreadAllocatedBytes();
                boolean isNotice = notifications.await(0);
                notifications.wake();
                isNotice |= notifications.await(SECONDS.toNanos(60));
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(isNotice).isEqualTo(rings);
            }
        }
        return allocated;
    }

    @Test
    void followingManyLimitsLeavesNothingOpen() throws Exception {
        try (RealGroup group = RealGroup.memoryAndStalls(128 * MIB)) {
            long before = openDescriptors();
            try (Notifications notifications = open()) {
                for (int i = 0; i < 200; i++) {
                    notifications.follow(
                            List.of(group.memory()),
                            group.ownUnified(),
                            List.of(new LimitedGroup(group.memory(), (128 + i) * MIB)));
                }
                assertThat(openDescriptors() - before).isEqualTo(3);
            }
            assertThat(openDescriptors()).isEqualTo(before);
        }
    }

    /* Without the machine's own stalls, of which other programs can make some at any time. */
    private Notifications open() {
        return Notifications.open(settings, nothing, Kernel.system(), System::nanoTime);
    }

    private static void drain(Notifications notifications) {
        boolean isQuiet = false;
        while (!isQuiet) {
            isQuiet = !notifications.await(MILLISECONDS.toNanos(100));
        }
    }

    /** How long after a condition came true the notice came; less than nothing if the notice was first. */
    private long delay(Notifications notifications, Callable<?> action, BooleanSupplier condition) throws Exception {
        Future<Long> told = waiter.submit(() -> {
            assertThat(notifications.await(SECONDS.toNanos(30))).isTrue();
            return System.nanoTime();
        });
        ExecutorService actor = Executors.newSingleThreadExecutor();
        try {
            Future<?> done = actor.submit(action);
            long crossed = System.nanoTime();
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
                crossed = System.nanoTime();
            }
            long delay = told.get() - crossed;
            done.get();
            return delay;
        } finally {
            actor.shutdownNow();
        }
    }

    /* Time in which the other thread comes to wait. */
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }
}
