package dev.oriel.capture.x11;

import dev.oriel.capture.Area;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One X display. Its spaces are the desktops of its window manager, of which one can be read, its monitors, or the
 * display itself. Desktops are never switched and windows never touched: a hidden desktop keeps the picture it had.
 *
 * <p>The server is asked for an answer twice a second and more, so that one that was stopped is found out
 * within a second.
 */
public final class X11Source implements ScreenSource {

    /** How often the server is asked for an answer, whatever else it is asked. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /** How long an authorization that was refused is not shown again, unless the server now takes anybody. */
    private static final Duration AGAIN_AFTER_DENIAL = Duration.ofSeconds(10);

    /** How often a display without DAMAGE is looked at. */
    private static final Duration POLL_WITHOUT_DAMAGE = Duration.ofMillis(100);

    private final String display;
    private final X11Options options;
    private final LongSupplier nanoTime;
    private final WakeUp wakeUp = new WakeUp();
    private final Notices notices = new Notices();

    private @Nullable XSession session;
    private @Nullable Long deniedAt;
    private long beat;
    private List<Space> spaces;

    /**
     * Names a display; nothing is opened yet.
     *
     * @param display as in {@code $DISPLAY}, for example {@code :99}
     * @param options how it is watched
     * @param nanoTime the running time in nanoseconds
     */
    public X11Source(String display, X11Options options, LongSupplier nanoTime) {
        this.display = display;
        this.options = options;
        this.nanoTime = nanoTime;
        this.spaces = List.of(SpaceLayout.wholeDisplay(display, new Area(0, 0, 0, 0), SpaceState.LOST));
    }

    /**
     * Finds out whether a display can be opened, without doing more with it.
     *
     * @param display as in {@code $DISPLAY}
     * @param nanoTime the running time in nanoseconds
     * @throws SourceLostException if not; the message says why
     */
    public static void requireReachable(String display, LongSupplier nanoTime) {
        try {
            new XConnection(display, XServerAnswer.of(display, XConnection.LONGEST_ANSWER), nanoTime).close();
        } catch (LinkageError e) {
            throw librariesMissing(e);
        }
    }

    private static SourceLostException librariesMissing(LinkageError e) {
        return new SourceLostException("the XCB libraries cannot be loaded; on Debian: apt-get install libxcb1"
                + " libxcb-shm0 libxcb-damage0 libxcb-xfixes0 libxcb-randr0 (" + e.getMessage() + ")");
    }

    @Override
    public String name() {
        return display;
    }

    @Override
    public void open() {
        XServerAnswer answer = XServerAnswer.of(display, XConnection.LONGEST_ANSWER);
        if (answer == XServerAnswer.WANTS_AUTHORIZATION && wasDeniedJustNow()) {
            throw XConnection.denied(display);
        }
        try {
            session = new XSession(new XConnection(display, answer, nanoTime), options, notices, nanoTime);
        } catch (SourceLostException e) {
            deniedAt = e.state() == SpaceState.DENIED ? nanoTime.getAsLong() : null;
            throw e;
        } catch (LinkageError e) {
            throw librariesMissing(e);
        }
        beat = currentBeat();
        if (!session().hasDamage()) {
            notices.tell(display + " has no DAMAGE extension, so it is looked at every "
                    + POLL_WITHOUT_DAMAGE.toMillis() + " ms");
        }
    }

    /* XCB writes each refusal on standard error. */
    private boolean wasDeniedJustNow() {
        return deniedAt != null && nanoTime.getAsLong() - deniedAt < AGAIN_AFTER_DENIAL.toNanos();
    }

    @Override
    public List<Space> spaces() {
        XSession now = session;
        if (now != null) {
            spaces = now.spaces();
        }
        return spaces;
    }

    @Override
    public void await(Duration timeout) {
        XSession now = session();
        boolean polls = now.isToBePolled();
        Duration longest = polls && timeout.compareTo(POLL_WITHOUT_DAMAGE) > 0 ? POLL_WITHOUT_DAMAGE : timeout;
        now.flush();
        doWhatIsDue(now);
        if (!now.takeInNews()) {
            waitForNews(now, longest.toNanos());
        }
        if (polls) {
            now.damageAll();
        }
    }

    private void waitForNews(XSession now, long nanos) {
        long began = nanoTime.getAsLong();
        long left = nanos;
        boolean woken = false;
        do {
            woken = wakeUp.await(now.fileDescriptor(), Math.min(left, untilNextDuty(now)));
            doWhatIsDue(now);
            left = nanos - (nanoTime.getAsLong() - began);
        } while (!now.takeInNews() && !woken && left > 0);
    }

    private void doWhatIsDue(XSession now) {
        if (currentBeat() != beat) {
            beat = currentBeat();
            now.beat();
        }
        now.tend();
    }

    private long untilNextDuty(XSession now) {
        return Math.min(untilBeat(), now.nanosUntilTending());
    }

    /* All displays have the same beat, so that the machine wakes up once for all of them. */
    private long currentBeat() {
        return Math.floorDiv(nanoTime.getAsLong(), HEARTBEAT.toNanos());
    }

    private long untilBeat() {
        return HEARTBEAT.toNanos() - Math.floorMod(nanoTime.getAsLong(), HEARTBEAT.toNanos());
    }

    @Override
    public void wake() {
        wakeUp.wake();
    }

    @Override
    public boolean isDamaged(SpaceId space) {
        return session().isDamaged(space);
    }

    @Override
    public void takeDamage(SpaceId space, BitSet bands) {
        session().takeDamage(space, bands);
    }

    @Override
    public int maxRows(int width) {
        return XSession.maxRows(width);
    }

    @Override
    public ByteBuffer readRows(SpaceId space, int y, int rows) {
        return session().readRows(space, y, rows);
    }

    @Override
    public void expectRows(SpaceId space, int y, int rows) {
        session().expectRows(space, y, rows);
    }

    @Override
    public boolean confirm(SpaceId space) {
        return session().confirm(space);
    }

    @Override
    public void rest() {
        session().rest();
    }

    private XSession session() {
        XSession now = session;
        if (now == null) {
            throw new SourceLostException("display " + display + " is not open");
        }
        return now;
    }

    @Override
    public void disconnect() {
        XSession now = session;
        if (now != null) {
            spaces = now.spaces();
            session = null;
            now.close();
        }
    }

    @Override
    public void close() {
        disconnect();
        wakeUp.close();
    }
}
