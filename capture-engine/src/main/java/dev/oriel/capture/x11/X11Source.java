package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One X display. Its spaces are the desktops of its window manager, of which one can be read, or the display itself.
 * Desktops are never switched and windows never touched: a hidden desktop keeps the picture it had.
 */
public final class X11Source implements ScreenSource {

    /** How often a display without DAMAGE is looked at. */
    private static final Duration POLL_WITHOUT_DAMAGE = Duration.ofMillis(100);

    private static final int STRUCTURE_NOTIFY = 0x20000;
    private static final int PROPERTY_CHANGE = 0x400000;
    private static final int DESTROY_NOTIFY = 17;
    private static final int CONFIGURE_NOTIFY = 22;
    private static final int PROPERTY_NOTIFY = 28;
    private static final Logger log = LoggerFactory.getLogger(X11Source.class);

    private final String display;
    private final boolean desktopsAreSpaces;
    private final WakeUp wakeUp = new WakeUp();
    private final Set<SpaceId> unseen = new HashSet<>();

    private @Nullable Connected connected;
    private List<Space> spaces;
    private boolean damagePending;
    private boolean news;
    private int epoch;
    private int epochWhenTaken;

    /** Everything that lives as long as one connection. */
    private record Connected(XConnection x, Optional<RootDamage> damage, PixelWindow pixels, int width, int height) {}

    /**
     * Names a display; nothing is opened yet.
     *
     * @param display as in {@code $DISPLAY}, for example {@code :99}
     * @param desktopsAreSpaces whether each desktop of a window manager is a space of its own; otherwise the display is
     *     the only space
     */
    public X11Source(String display, boolean desktopsAreSpaces) {
        this.display = display;
        this.desktopsAreSpaces = desktopsAreSpaces;
        this.spaces =
                List.of(new Space(displayId(), 1, "Display " + display, new Area(0, 0, 0, 0), true, SpaceState.LOST));
    }

    private SpaceId displayId() {
        String name = display.endsWith(".0") ? display.substring(0, display.length() - 2) : display;
        String bare = name.startsWith(":") ? name.substring(1) : name;
        return new SpaceId("x11-" + bare.replaceAll("[^A-Za-z0-9.-]", "_"));
    }

    @Override
    public String name() {
        return display;
    }

    @Override
    public void open() {
        try {
            connect(new XConnection(display));
        } catch (LinkageError e) {
            throw new SourceLostException("the XCB libraries cannot be loaded; on Debian: apt-get install libxcb1"
                    + " libxcb-shm0 libxcb-damage0 libxcb-xfixes0 (" + e.getMessage() + ")");
        }
        unseen.clear();
        damagePending = false;
        readSpaces();
        forgetWhatWasSeen();
    }

    private void connect(XConnection x) {
        try {
            x.selectEvents(x.screen().root(), STRUCTURE_NOTIFY | PROPERTY_CHANGE);
            Optional<RootDamage> damage = RootDamage.watch(x);
            if (damage.isEmpty()) {
                log.info(
                        "{} has no DAMAGE extension, so it is looked at every {} ms",
                        display,
                        POLL_WITHOUT_DAMAGE.toMillis());
            }
            int width = x.screen().width();
            connected = new Connected(
                    x, damage, new PixelWindow(x, width), width, x.screen().height());
        } catch (RuntimeException | LinkageError e) {
            x.close();
            throw e;
        }
    }

    @Override
    public List<Space> spaces() {
        return spaces;
    }

    private void readSpaces() {
        Connected now = connected();
        Optional<Desktops> desktops = desktopsAreSpaces ? Desktops.read(now.x()) : Optional.empty();
        desktops.ifPresent(found -> now.x().selectEvents(found.managerWindow(), STRUCTURE_NOTIFY));
        List<Space> next = desktops.map(found -> spacesOf(found, now))
                .orElseGet(() -> List.of(new Space(
                        displayId(),
                        1,
                        "Display " + display,
                        new Area(0, 0, now.width(), now.height()),
                        true,
                        SpaceState.LIVE)));
        if (!next.equals(spaces)) {
            spaces = next;
            news = true;
            forgetWhatWasSeen();
        }
    }

    /** What is read across this moment may belong to another space, and what is in front now was not seen yet. */
    private void forgetWhatWasSeen() {
        epoch++;
        for (Space space : spaces) {
            if (space.state() == SpaceState.LIVE) {
                unseen.add(space.id());
            }
        }
    }

    private List<Space> spacesOf(Desktops desktops, Connected now) {
        List<Space> found = new ArrayList<>();
        for (int index = 0; index < desktops.names().size(); index++) {
            boolean current = index == desktops.current();
            found.add(new Space(
                    new SpaceId(displayId() + "-" + (index + 1)),
                    index + 1,
                    desktops.names().get(index),
                    new Area(0, 0, now.width(), now.height()),
                    current,
                    current ? SpaceState.LIVE : SpaceState.STALE));
        }
        return List.copyOf(found);
    }

    @Override
    public void await(Duration timeout) {
        Connected now = connected();
        boolean polls = now.damage().isEmpty() && !damagePending;
        Duration longest = polls && timeout.compareTo(POLL_WITHOUT_DAMAGE) > 0 ? POLL_WITHOUT_DAMAGE : timeout;
        now.x().flush();
        takeInEvents();
        if (!news) {
            wakeUp.await(now.x().fileDescriptor(), (int) Math.ceil(longest.toNanos() / 1e6));
            takeInEvents();
        }
        if (polls) {
            damagePending = true;
        }
        news = false;
    }

    @Override
    public void wake() {
        wakeUp.wake();
    }

    private void takeInEvents() {
        Connected now = connected();
        for (Optional<Pointer> event = now.x().nextEvent();
                event.isPresent();
                event = connected().x().nextEvent()) {
            try {
                takeIn(event.get(), now);
            } finally {
                XConnection.free(event.get());
            }
        }
    }

    private void takeIn(Pointer event, Connected now) {
        int type = event.getByte(0) & 0x7F;
        int root = now.x().screen().root();
        if (now.damage().isPresent() && now.damage().get().isReport(type)) {
            damagePending = true;
            news = true;
        } else if (type == PROPERTY_NOTIFY && event.getInt(4) == root) {
            int atom = event.getInt(8);
            if (Desktops.isTold(now.x(), atom)) {
                readSpaces();
            }
            if (atom == now.x().atom(Desktops.CURRENT)) {
                forgetWhatWasSeen();
                news = true;
            }
        } else if (type == CONFIGURE_NOTIFY && event.getInt(8) == root) {
            resize(event.getShort(20) & 0xFFFF, event.getShort(22) & 0xFFFF);
        } else if (type == DESTROY_NOTIFY) {
            readSpaces();
        }
    }

    private void resize(int width, int height) {
        Connected now = connected();
        if (width != now.width() || height != now.height()) {
            now.pixels().close();
            connected = new Connected(now.x(), now.damage(), new PixelWindow(now.x(), width), width, height);
            readSpaces();
        }
    }

    @Override
    public boolean isDamaged(SpaceId space) {
        return unseen.contains(space) || (damagePending && isLive(space));
    }

    private boolean isLive(SpaceId id) {
        return spaces.stream().anyMatch(space -> space.id().equals(id) && space.state() == SpaceState.LIVE);
    }

    @Override
    public void takeDamage(SpaceId space, BitSet bands) {
        Connected now = connected();
        damagePending = false;
        epochWhenTaken = epoch;
        now.damage().ifPresent(damage -> damage.take(bands, now.height()));
        if (unseen.remove(space) || now.damage().isEmpty()) {
            bands.set(0, (now.height() + BAND_HEIGHT - 1) / BAND_HEIGHT);
        }
    }

    @Override
    public int maxRows(int width) {
        return PixelWindow.maxRows(width);
    }

    @Override
    public ByteBuffer readRows(SpaceId space, int y, int rows) {
        Connected now = connected();
        return now.pixels().read(now.x().screen().root(), y, now.width(), rows);
    }

    @Override
    public boolean confirm(SpaceId space) {
        takeInEvents();
        return epoch == epochWhenTaken;
    }

    private Connected connected() {
        Connected now = connected;
        if (now == null) {
            throw new SourceLostException("display " + display + " is not open");
        }
        return now;
    }

    @Override
    public void disconnect() {
        Connected now = connected;
        if (now != null) {
            connected = null;
            now.pixels().close();
            now.damage().ifPresent(RootDamage::close);
            now.x().close();
        }
    }

    @Override
    public void close() {
        disconnect();
        wakeUp.close();
    }
}
