package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.oriel.pressure.HeadroomThresholds;
import dev.oriel.pressure.PressureSensorSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What the kernel tells without being asked, so that the sensor looks at once and not when it would have next: stalls,
 * limits that come near, and what a service manager tells. A notice is a reason to look and nothing more.
 */
final class Notifications implements AutoCloseable {
    /*
     * One poll over all descriptors. The first of them is a counter that wake() adds to; while notices rest after one that
     * came, poll is shown that one alone. Where the kernel cannot be called, a semaphore is waited for instead.
     *
     * The one lock is held by the thread that waits, for as long as it does: close() wakes it and then takes the lock, so
     * that no descriptor is closed under a poll. The counter has a lock of its own, for wake() comes from other threads at
     * any time and must not write to a descriptor that is closed and may be somebody else's by then.
     */

    private static final int SCRATCH_BYTES = 4 << 10;
    private static final int NONE = -1;

    private final Kernel kernel;
    private final HeadroomThresholds limitThresholds;
    private final double stallShare;
    private final long restNanos;
    private final LongSupplier nanoTime;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES).order(ByteOrder.nativeOrder());
    private final Listening toMachine = new Listening();
    private final Listening toGroup = new Listening();
    private final Listening toLimits = new Listening();

    private final Object wakeLock = new Object();
    private final ByteBuffer one = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    private final Semaphore woken = new Semaphore(0);
    private int wakeDescriptor;
    private boolean canPoll;

    private List<MemoryGroup> counted = List.of();
    private Optional<Path> unified = Optional.empty();
    private List<LimitedGroup> limited = List.of();
    private Notice[] polled = {};
    private ByteBuffer pollfds = ByteBuffer.allocateDirect(0);
    private boolean hasNoticed;
    private long noticedAtNanos;
    private volatile boolean closed;
    private volatile List<String> armed = List.of();
    private volatile List<String> absent = List.of();

    private Notifications(PressureSensorSettings settings, Kernel kernel, LongSupplier nanoTime) {
        this.kernel = kernel;
        this.nanoTime = nanoTime;
        limitThresholds = settings.thresholds().limit();
        stallShare = settings.thresholds().stall().yellowSomeShare();
        restNanos = settings.fastestInterval().toNanos();
        one.putLong(0, 1);
        wakeDescriptor = kernel.eventfd();
        canPoll = wakeDescriptor >= 0;
        if (!canPoll) {
            toMachine.missing.add("notices: " + kernel.words(wakeDescriptor));
            wakeDescriptor = NONE;
        }
    }

    /**
     * Begins to listen to the machine and to the service manager, if one is named.
     *
     * @param root the directory that stands for {@code /}
     * @param nanoTime a monotonic count of nanoseconds
     */
    static Notifications open(PressureSensorSettings settings, Path root, Kernel kernel, LongSupplier nanoTime) {
        Notifications notifications = new Notifications(settings, kernel, nanoTime);
        notifications.listenToMachine(settings, root);
        return notifications;
    }

    private synchronized void listenToMachine(PressureSensorSettings settings, Path root) {
        if (canPoll) {
            toMachine.begin(() -> stalls(root.resolve("proc/pressure/memory"), "psi of the machine"));
            settings.watch()
                    .ifPresent(watch -> toMachine.begin(() -> new ServiceManagerNotice(kernel, scratch).arm(watch)));
        }
        publish();
    }

    /**
     * Listens to these groups from now on and no others. Does nothing if all are as before; else it can take the kernel
     * tens of milliseconds.
     *
     * @param newCounted the groups that may limit memory, of either version, each tree from the top
     * @param newUnified the directory of this process's own group in the version 2 tree
     * @param newLimited those groups that do limit memory, and to what
     */
    synchronized void follow(List<MemoryGroup> newCounted, Optional<Path> newUnified, List<LimitedGroup> newLimited) {
        boolean isMoved = !newUnified.equals(unified);
        if (closed || (!isMoved && newCounted.equals(counted) && newLimited.equals(limited))) {
            return;
        }
        counted = List.copyOf(newCounted);
        unified = newUnified;
        limited = List.copyOf(newLimited);
        if (canPoll) {
            if (isMoved) {
                toGroup.end();
                listenToGroup();
            }
            toLimits.end();
            listenToLimits();
            publish();
        }
    }

    private void listenToGroup() {
        unified.map(own -> own.resolve("memory.pressure"))
                .filter(Files::exists)
                .ifPresent(file -> toGroup.begin(() -> stalls(file, "psi of the own group")));
    }

    private void listenToLimits() {
        counted.stream()
                .filter(group -> group.version() == CgroupVersion.V1)
                .reduce((upper, lower) -> lower)
                .flatMap(own -> new VersionOneNotices(kernel, scratch, limitThresholds, toLimits.missing)
                        .arm(own, limitedOf(CgroupVersion.V1)))
                .ifPresent(toLimits.notices::add);
        for (LimitedGroup limit : limitedOf(CgroupVersion.V2)) {
            toLimits.begin(() -> EventCounts.arm(kernel, scratch, limit.group()));
        }
    }

    private List<LimitedGroup> limitedOf(CgroupVersion version) {
        return limited.stream()
                .filter(limit -> limit.group().version() == version)
                .toList();
    }

    private Notice stalls(Path file, String scope) throws RefusedException {
        return StallTrigger.arm(kernel, scratch, file, StallTrigger.texts(stallShare), scope);
    }

    private Stream<Listening> all() {
        return Stream.of(toMachine, toGroup, toLimits);
    }

    /** Prepares what poll is shown, and the words. */
    private void publish() {
        polled = all().flatMap(listening -> listening.notices.stream()).toArray(Notice[]::new);
        int count = 1 + polled.length;
        if (pollfds.capacity() < count * Kernel.POLLFD_BYTES) {
            pollfds = ByteBuffer.allocateDirect(count * Kernel.POLLFD_BYTES).order(ByteOrder.nativeOrder());
        }
        ask(0, wakeDescriptor, Kernel.POLLIN);
        for (int i = 0; i < polled.length; i++) {
            ask(i + 1, polled[i].descriptor(), polled[i].events());
        }
        armed = Stream.of(polled).map(Notice::words).toList();
        absent = all().flatMap(listening -> listening.missing.stream()).toList();
    }

    private void ask(int index, int descriptor, short events) {
        pollfds.putInt(index * Kernel.POLLFD_BYTES, descriptor);
        pollfds.putShort(index * Kernel.POLLFD_BYTES + Kernel.POLLFD_EVENTS, events);
    }

    private int happened(int index) {
        return pollfds.getShort(index * Kernel.POLLFD_BYTES + Kernel.POLLFD_HAPPENED);
    }

    /**
     * Waits for a notice, for {@link #wake} or for the time. A notice that comes sooner after the one before than the
     * sensor may look is held back until then. Allocates nothing as long as every descriptor stays.
     *
     * @param nanos how long to wait at most
     * @return whether a notice came
     */
    synchronized boolean await(long nanos) {
        long start = nanoTime.getAsLong();
        long now = start;
        while (!closed) {
            long left = nanos - (now - start);
            if (!canPoll) {
                awaitWake(left);
                return false;
            }
            long rest = hasNoticed ? restNanos - (now - noticedAtNanos) : 0;
            int ready = rest > 0 ? poll(1, Math.min(left, rest)) : poll(1 + polled.length, left);
            boolean hasNotice = ready > 0 && rest <= 0 && takeNotices();
            boolean isWoken = ready > 0 && takeWake();
            now = nanoTime.getAsLong();
            if (hasNotice || isWoken || now - start >= nanos) {
                return hasNotice;
            }
        }
        return false;
    }

    private int poll(int count, long nanos) {
        // Rounded up, lest the rest of a millisecond be polled away.
        long millis = nanos <= 0 ? 0 : Math.min(Integer.MAX_VALUE, (nanos - 1) / 1_000_000 + 1);
        int ready = kernel.poll(pollfds, count, (int) millis);
        if (ready < 0 && ready != -Errno.EINTR) {
            canPoll = false;
            toMachine.missing.add("notices: poll: " + kernel.words(ready));
            publish();
        }
        return ready;
    }

    private void awaitWake(long nanos) {
        try {
            if (woken.tryAcquire(nanos, NANOSECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException endIt) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean takeWake() {
        if (happened(0) == 0) {
            return false;
        }
        kernel.read(wakeDescriptor, scratch);
        return true;
    }

    private boolean takeNotices() {
        boolean mustLook = false;
        boolean isOneGone = false;
        for (int i = 0; i < polled.length; i++) {
            int happened = happened(i + 1);
            if (happened != 0) {
                Notice.Meaning meaning = polled[i].take(happened, kernel, scratch);
                // Where a notice came from before, something has changed, too.
                mustLook |= meaning != Notice.Meaning.NOTHING;
                if (meaning == Notice.Meaning.GONE) {
                    isOneGone = true;
                    toMachine.drop(polled[i]);
                    toGroup.drop(polled[i]);
                    toLimits.drop(polled[i]);
                }
            }
        }
        if (isOneGone) {
            publish();
        }
        if (mustLook) {
            hasNoticed = true;
            noticedAtNanos = nanoTime.getAsLong();
        }
        return mustLook;
    }

    /** Ends the wait that is going on, or else the next one. Any thread may call this. */
    void wake() {
        synchronized (wakeLock) {
            if (woken.availablePermits() == 0) {
                woken.release();
            }
            if (wakeDescriptor != NONE) {
                kernel.write(wakeDescriptor, one, Long.BYTES);
            }
        }
    }

    /** What is listened to, in words. Any thread may call this. */
    List<String> armed() {
        return armed;
    }

    /** What is not listened to and why, a line each. Any thread may call this. */
    List<String> absent() {
        return absent;
    }

    /** Ends a wait and stops listening; later waits end at once. Any thread may call this, more than once. */
    @Override
    public void close() {
        closed = true;
        wake();
        synchronized (this) {
            all().forEach(Listening::end);
            synchronized (wakeLock) {
                if (wakeDescriptor != NONE) {
                    kernel.close(wakeDescriptor);
                    wakeDescriptor = NONE;
                }
            }
        }
    }

    /** One way to a notice. */
    @FunctionalInterface
    private interface Attempt {
        Notice arm() throws RefusedException;
    }

    /** What is listened to for one reason, and what could not be. */
    private final class Listening {
        private final List<Notice> notices = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();

        void begin(Attempt attempt) {
            try {
                notices.add(attempt.arm());
            } catch (RefusedException refused) {
                missing.add(refused.getMessage());
            }
        }

        void drop(Notice gone) {
            if (notices.remove(gone)) {
                kernel.close(gone.descriptor());
                missing.add(gone.words() + ": it has gone");
            }
        }

        void end() {
            notices.forEach(notice -> kernel.close(notice.descriptor()));
            notices.clear();
            missing.clear();
        }
    }
}
