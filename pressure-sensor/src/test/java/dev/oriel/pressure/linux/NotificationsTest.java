package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureWatch;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsTest {
    private static final long MIB = 1L << 20;
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final String STALLS = "/proc/pressure/memory";
    private static final MemoryGroup BOX = new MemoryGroup(CgroupVersion.V1, Path.of("/v1/box"), "/box");
    private static final MemoryGroup SERVICE = new MemoryGroup(CgroupVersion.V2, Path.of("/v2/service"), "/service");

    private final ScriptedKernel kernel = new ScriptedKernel().text(STALLS, stalls(7_000_000));
    private PressureSensorSettings settings = PressureSensorSettings.defaults();

    @AfterEach
    void nothingStaysOpen() {
        assertThat(kernel.openFiles()).isEmpty();
    }

    @Test
    void aPrivilegedProcessIsToldWithinAFractionOfASecond() {
        try (Notifications notifications = open()) {
            assertThat(kernel.written()).containsExactly(STALLS + ": some 35000 500000\0");
            assertThat(notifications.armed()).containsExactly("psi of the machine: some 35 ms of 500 ms");
            assertThat(notifications.absent()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINVAL, Errno.EPERM})
    void anyOtherProcessIsToldEveryTwoSeconds(int refusal) {
        kernel.onWrite(STALLS, -refusal);
        try (Notifications notifications = open()) {
            assertThat(kernel.written()).containsExactly(STALLS + ": some 140000 2000000\0");
            assertThat(notifications.armed()).containsExactly("psi of the machine: some 140 ms of 2000 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOENT, Errno.EACCES, Errno.EOPNOTSUPP})
    void aFileThatCannotBeOpenedIsNamed(int refusal) {
        kernel.onOpen(STALLS, -refusal);
        try (Notifications notifications = open()) {
            assertThat(notifications.armed()).isEmpty();
            assertThat(notifications.absent())
                    .containsExactly("psi of the machine: " + STALLS + ": " + Errno.words(-refusal));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EBUSY, Errno.EOPNOTSUPP})
    void aTriggerThatIsRefusedForGoodIsNotTriedAgain(int refusal) {
        kernel.onWrite(STALLS, -refusal);
        try (Notifications notifications = open()) {
            assertThat(kernel.written()).isEmpty();
            assertThat(kernel.openFiles()).containsExactly(ScriptedKernel.EVENTFD);
            assertThat(notifications.absent()).singleElement().asString().endsWith(Errno.words(-refusal));
        }
    }

    @Test
    void aTriggerThatIsTakenInPartIsNoTrigger() {
        kernel.onWrite(STALLS, 4, 4);
        try (Notifications notifications = open()) {
            assertThat(notifications.armed()).isEmpty();
            assertThat(notifications.absent()).hasSize(1);
        }
    }

    @Test
    void aStallThatIsNotSeenInTheTotalIsNoNotice() {
        try (Notifications notifications = open()) {
            kernel.happen(STALLS, Kernel.POLLPRI);
            kernel.text(STALLS, stalls(7_034_999));
            long start = kernel.nanos();
            assertThat(notifications.await(SECOND)).isFalse();
            assertThat(kernel.nanos() - start).isGreaterThanOrEqualTo(SECOND);

            kernel.happen(STALLS, Kernel.POLLPRI);
            kernel.text(STALLS, stalls(7_035_000));
            assertThat(notifications.await(SECOND)).isTrue();

            kernel.happen(STALLS, Kernel.POLLPRI);
            kernel.text(STALLS, stalls(7_069_999));
            assertThat(notifications.await(SECOND)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Kernel.POLLERR, Kernel.POLLERR | Kernel.POLLPRI, Kernel.POLLHUP})
    void aTriggerThatIsGoneIsToldOnce(int happened) {
        try (Notifications notifications = open()) {
            kernel.happen(STALLS, happened);
            assertThat(notifications.await(SECOND)).isTrue();
            assertThat(notifications.armed()).isEmpty();
            assertThat(notifications.absent()).containsExactly("psi of the machine: some 35 ms of 500 ms: it has gone");
            assertThat(kernel.openFiles()).containsExactly(ScriptedKernel.EVENTFD);

            assertThat(notifications.await(SECOND)).isFalse();
            assertThat(kernel.polledCounts()).containsExactly(2, 1, 1);
        }
    }

    @Test
    void aTriggerThatCannotBeReadAnyMoreIsGone() {
        try (Notifications notifications = open()) {
            kernel.removeText(STALLS);
            kernel.happen(STALLS, Kernel.POLLPRI);
            assertThat(notifications.await(SECOND)).isTrue();
            assertThat(notifications.armed()).isEmpty();
        }
    }

    @Test
    void aSignalDoesNotEndTheWait() {
        try (Notifications notifications = open()) {
            kernel.onPoll(-Errno.EINTR, -Errno.EINTR);
            long start = kernel.nanos();
            assertThat(notifications.await(SECOND)).isFalse();
            assertThat(kernel.nanos() - start).isEqualTo(SECOND);
            assertThat(kernel.polledCounts()).hasSize(3);
        }
    }

    @Test
    void withoutPollingTheTimeIsStillKeptAndAWakeStillWakes() {
        try (Notifications notifications = open()) {
            kernel.onPoll(-Errno.EINVAL);
            notifications.wake();
            assertThat(notifications.await(3_600 * SECOND)).isFalse();
            assertThat(notifications.absent()).singleElement().asString().startsWith("notices: poll: ");
            notifications.wake();
            notifications.wake();
            assertThat(notifications.await(3_600 * SECOND)).isFalse();
            assertThat(notifications.await(MILLI)).isFalse();
            assertThat(kernel.polledCounts()).hasSize(1);
        }
    }

    @Test
    void aMachineThatLetsNobodyCallTheKernelIsLookedAtNowAndThen() {
        Kernel unreachable = new UnreachableKernel("there is no C library");
        try (Notifications notifications = Notifications.open(settings, Path.of("/"), unreachable, kernel::nanos)) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, MIB)));
            assertThat(notifications.armed()).isEmpty();
            assertThat(notifications.absent()).containsExactly("notices: there is no C library");
            assertThat(notifications.await(MILLI)).isFalse();
            notifications.wake();
            assertThat(notifications.await(3_600 * SECOND)).isFalse();
        }
    }

    @Test
    void aWakeEndsTheNextWaitOnce() {
        try (Notifications notifications = open()) {
            notifications.wake();
            notifications.wake();
            long start = kernel.nanos();
            assertThat(notifications.await(SECOND)).isFalse();
            assertThat(kernel.nanos() - start).isLessThan(MILLI);
            assertThat(notifications.await(SECOND)).isFalse();
            assertThat(kernel.nanos() - start).isGreaterThan(SECOND);
        }
    }

    @Test
    void aNoticeThatComesWithAWakeIsNotLost() {
        try (Notifications notifications = open()) {
            notifications.wake();
            kernel.happen(STALLS, Kernel.POLLPRI);
            kernel.text(STALLS, stalls(9_000_000));
            assertThat(notifications.await(SECOND)).isTrue();
        }
    }

    @Test
    void timesAreRoundedUpToMillisecondsAndNeverForEver() {
        try (Notifications notifications = open()) {
            long start = kernel.nanos();
            assertThat(notifications.await(1)).isFalse();
            assertThat(kernel.nanos() - start).isEqualTo(MILLI);
            assertThat(notifications.await(0)).isFalse();
            assertThat(notifications.await(-5)).isFalse();
            assertThat(kernel.nanos() - start).isEqualTo(MILLI);
        }
    }

    @Test
    void aBurstOfNoticesIsSlowedDownToThePaceOfTheFastestLooks() {
        settings = settings.withFastestInterval(Duration.ofMillis(20));
        try (Notifications notifications = open()) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 100 * MIB)));
            kernel.happen(ScriptedKernel.EVENTFD, Kernel.POLLIN);
            assertThat(notifications.await(SECOND)).isTrue();
            long first = kernel.nanos();

            kernel.happen(ScriptedKernel.EVENTFD, Kernel.POLLIN);
            assertThat(notifications.await(5 * MILLI)).isFalse();
            assertThat(notifications.await(SECOND)).isTrue();
            assertThat(kernel.nanos() - first).isBetween(20 * MILLI, 22 * MILLI);

            notifications.wake();
            long woken = kernel.nanos();
            assertThat(notifications.await(SECOND)).isFalse();
            assertThat(kernel.nanos() - woken).isLessThan(MILLI);
        }
    }

    @Test
    void version1RingsWhereALimitTurnsYellowAndRedAndWhenPagesAreTaken() {
        try (Notifications notifications = open()) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 100 * MIB)));
            int bell = kernel.descriptorOf(ScriptedKernel.EVENTFD);
            assertThat(kernel.written())
                    .map(line -> line.replaceAll(" " + bell + " \\d+ ", " BELL FILE "))
                    .containsSubsequence(
                            "/v1/box/cgroup.event_control: BELL FILE " + 80 * MIB,
                            "/v1/box/cgroup.event_control: BELL FILE " + 90 * MIB,
                            "/v1/box/cgroup.event_control: BELL FILE low,hierarchy");
            assertThat(notifications.armed())
                    .contains("cgroup v1: usage at 80.0 MiB in /box, usage at 90.0 MiB in /box, reclaim in /box");
        }
    }

    @Test
    void anotherLimitIsFollowedAndTheSameOneLeftAlone() {
        try (Notifications notifications = open()) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 100 * MIB)));
            int writes = kernel.written().size();
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 100 * MIB)));
            assertThat(kernel.written()).hasSize(writes);

            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 50 * MIB)));
            assertThat(notifications.armed()).anyMatch(words -> words.contains("usage at 40.0 MiB in /box"));
            assertThat(kernel.openFiles()).containsExactly(STALLS, ScriptedKernel.EVENTFD, ScriptedKernel.EVENTFD);

            notifications.follow(List.of(), Optional.empty(), List.of());
            assertThat(notifications.armed()).hasSize(1);
        }
    }

    @Test
    void aGroupWithoutALimitTellsWhenPagesAreTaken() {
        try (Notifications notifications = open()) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of());
            assertThat(notifications.armed()).contains("cgroup v1: reclaim in /box");
        }
    }

    @Test
    void whatAGroupDoesNotAllowIsNamedAndTheRestArmed() {
        kernel.onOpen("/v1/box/memory.pressure_level", -Errno.EACCES);
        kernel.onWrite("/v1/box/cgroup.event_control", -Errno.EINVAL);
        try (Notifications notifications = open()) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 100 * MIB)));
            assertThat(notifications.armed()).contains("cgroup v1: usage at 90.0 MiB in /box");
            assertThat(notifications.absent())
                    .containsExactly(
                            "cgroup v1: memory.usage_in_bytes of /box: " + Errno.words(-Errno.EINVAL),
                            "cgroup v1: /v1/box/memory.pressure_level: " + Errno.words(-Errno.EACCES));
        }
    }

    @Test
    void aGroupThatAllowsNothingHasNoBell() {
        kernel.onOpen("/v1/box/cgroup.event_control", -Errno.EACCES, -Errno.EACCES, -Errno.EACCES);
        try (Notifications notifications = open()) {
            notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, 100 * MIB)));
            assertThat(kernel.openFiles()).containsExactly(STALLS, ScriptedKernel.EVENTFD);
            assertThat(notifications.absent()).hasSize(3);
        }
    }

    @Test
    void version2TellsWhenALimitWasMet() {
        String events = "/v2/service/memory.events";
        kernel.text(events, "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n");
        try (Notifications notifications = open()) {
            notifications.follow(List.of(SERVICE), Optional.empty(), List.of(new LimitedGroup(SERVICE, 100 * MIB)));
            assertThat(notifications.armed()).contains("cgroup: memory.events of /service");
            kernel.happen(events, Kernel.POLLPRI | Kernel.POLLERR);
            assertThat(notifications.await(SECOND)).isTrue();
            assertThat(notifications.await(SECOND)).isFalse();

            kernel.removeText(events);
            kernel.happen(events, Kernel.POLLPRI | Kernel.POLLERR);
            assertThat(notifications.await(SECOND)).isTrue();
            assertThat(notifications.absent()).containsExactly("cgroup: memory.events of /service: it has gone");
        }
    }

    @Test
    void version2WithoutEventsIsNamed() {
        try (Notifications notifications = open()) {
            notifications.follow(List.of(SERVICE), Optional.empty(), List.of(new LimitedGroup(SERVICE, 100 * MIB)));
            assertThat(notifications.absent())
                    .containsExactly("cgroup: memory.events of /service: " + Errno.words(-Errno.ENODEV));
        }
    }

    @Test
    void theOwnGroupsStallsAreListenedToWhereItTellsThem(@TempDir Path group) throws IOException {
        String file = Files.createFile(group.resolve("memory.pressure")).toString();
        kernel.text(file, stalls(0));
        try (Notifications notifications = open()) {
            notifications.follow(List.of(), Optional.of(group), List.of());
            assertThat(notifications.armed()).contains("psi of the own group: some 35 ms of 500 ms");
        }
    }

    @Test
    void aServiceManagersSocketIsGreetedPieceByPiece(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            kernel.onWrite(path.toString(), 2, 1);
            settings = settings.withWatch(Optional.of(new PressureWatch(path, new byte[] {'h', 'e', 'l', 'l', 'o'})));
            try (Notifications notifications = open()) {
                assertThat(kernel.written()).containsSubsequence(path + ": he", path + ": l", path + ": lo");
                assertThat(notifications.armed()).contains("service manager: socket " + path);
                kernel.happen(path.toString(), Kernel.POLLHUP);
                assertThat(notifications.await(SECOND)).isTrue();
                assertThat(notifications.absent()).containsExactly("service manager: socket " + path + ": it has gone");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -Errno.EAGAIN})
    void aServiceManagerThatTakesNoGreetingIsNamed(int answer, @TempDir Path directory) throws IOException {
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            kernel.onWrite(path.toString(), answer);
            settings = settings.withWatch(Optional.of(new PressureWatch(path, new byte[1])));
            try (Notifications notifications = open()) {
                assertThat(notifications.absent())
                        .containsExactly("service manager: " + path + ": " + Errno.words(-Errno.EAGAIN));
            }
        }
    }

    @Test
    void aServiceManagersPlainFileIsNotTakenForTheKernels(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "keep");
        settings = settings.withWatch(Optional.of(new PressureWatch(file, new byte[1])));
        try (Notifications notifications = open()) {
            assertThat(notifications.absent())
                    .singleElement()
                    .asString()
                    .startsWith("service manager: " + file + " is a plain file on ");
        }
        assertThat(file).hasContent("keep");
    }

    @Test
    void aServiceManagersPathThatIsNothingToListenToIsNamed(@TempDir Path directory) {
        settings = settings.withWatch(Optional.of(new PressureWatch(directory, new byte[1])));
        try (Notifications notifications = open()) {
            assertThat(notifications.absent()).singleElement().asString().contains("neither a file of the kernel");
        }
        settings = settings.withWatch(Optional.of(new PressureWatch(directory.resolve("none"), new byte[1])));
        try (Notifications notifications = open()) {
            assertThat(notifications.absent()).singleElement().asString().contains("NoSuchFileException");
        }
    }

    @Test
    void closedItWaitsNoMoreAndWritesToNoDescriptor() {
        Notifications notifications = open();
        notifications.close();
        notifications.close();
        notifications.wake();
        notifications.follow(List.of(BOX), Optional.empty(), List.of(new LimitedGroup(BOX, MIB)));
        assertThat(notifications.await(SECOND)).isFalse();
        assertThat(kernel.polledCounts()).isEmpty();
    }

    private Notifications open() {
        return Notifications.open(settings, Path.of("/"), kernel, kernel::nanos);
    }

    private static String stalls(long someMicros) {
        return "some avg10=0.00 avg60=0.00 avg300=0.00 total=" + someMicros
                + "\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n";
    }
}
