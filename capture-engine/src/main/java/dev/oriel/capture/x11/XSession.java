package dev.oriel.capture.x11;

import com.sun.jna.Pointer;
import dev.oriel.capture.Area;
import dev.oriel.capture.Redaction;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceId;
import dev.oriel.capture.SpaceState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/*
 * The epoch counts how often what is in front changed. Damage that was taken in one epoch and rows that are read in
 * another do not belong together: such rows are blank, and confirm says no. Events that came before a reply are taken in
 * before what was read is handed out, so rows never show what came to the front later than we know.
 */
/** One connection to a display and all that lives as long as it. Belongs to the thread of its source. */
final class XSession implements AutoCloseable {

    private static final int STRUCTURE_NOTIFY = 0x20000;
    private static final int SUBSTRUCTURE_NOTIFY = 0x80000;
    private static final int PROPERTY_CHANGE = 0x400000;

    /** How often the pointer is looked for, as long as something is captured. */
    private static final Duration LOOK_FOR_POINTER_EVERY = Duration.ofMillis(50);

    /** A capture counts as that long: where nothing but the pointer moves, there are no others. */
    private static final Duration CAPTURED_RECENTLY = Duration.ofSeconds(2);

    private final XConnection x;
    private final Optional<RootDamage> damage;
    private final SpaceLayout layout;
    private final WindowList windows;
    private final Optional<SecretWindows> secrets;
    private final Optional<MousePointer> pointer;
    private final LongSupplier nanoTime;
    private final SpaceDamage untaken = new SpaceDamage();
    private final StagedPixels pixels;

    private Area root;
    private List<Space> bareSpaces = List.of();
    private List<WindowList.Listed> listed = List.of();
    private List<Space> spaces = List.of();
    private List<Space> inFront = List.of();
    private boolean damageReported;
    private boolean news;
    private int epoch;
    private long pointerSeenAt;
    private long capturedAt;
    private final Map<SpaceId, Taken> taken = new HashMap<>();

    /** When the damage of a space was taken, and where it was then. */
    private record Taken(int epoch, Area area) {}

    /** Takes over the connection; when this fails it is closed. */
    XSession(XConnection x, X11Options options, Notices notices, LongSupplier nanoTime) {
        this.x = x;
        this.nanoTime = nanoTime;
        this.pointerSeenAt = nanoTime.getAsLong();
        this.capturedAt = pointerSeenAt - CAPTURED_RECENTLY.toNanos();
        boolean hidesWindows = !options.redaction().windows().isEmpty();
        int rootEvents = STRUCTURE_NOTIFY | PROPERTY_CHANGE | (hidesWindows ? SUBSTRUCTURE_NOTIFY : 0);
        try {
            x.selectEvents(x.screen().root(), rootEvents);
            this.root = sizeOfRoot();
            this.damage = RootDamage.watch(x);
            this.layout = new SpaceLayout(x, options.spaces());
            this.secrets =
                    hidesWindows ? Optional.of(new SecretWindows(x, options.redaction(), nanoTime)) : Optional.empty();
            this.windows = new WindowList(x, rootEvents, layout.placesMatter(), secrets, nanoTime);
            this.pointer = options.pointer() ? MousePointer.watch(x) : Optional.empty();
            if (options.pointer() && pointer.isEmpty()) {
                notices.tell(x.display() + " has no XFIXES extension, so the pointer is not in its pictures");
            }
            this.pixels = new StagedPixels(x, root, notices);
        } catch (RuntimeException | LinkageError e) {
            x.close();
            throw e;
        }
        try {
            readSpaces();
            readWindows();
            lookForPointer();
        } catch (RuntimeException | LinkageError e) {
            close();
            throw e;
        }
    }

    /** Whether the server tells what changed. */
    boolean hasDamage() {
        return damage.isPresent();
    }

    List<Space> spaces() {
        return spaces;
    }

    int fileDescriptor() {
        return x.fileDescriptor();
    }

    /** Asks the server for an answer: for what changes without an event, if there is such a thing. */
    void beat() {
        if (layout.changesUntold()) {
            readSpaces();
        } else if (pointer.isEmpty()) {
            x.requireAnswer();
        }
        lookForPointer();
    }

    /** Does what is done from time to time, if it is time. */
    void tend() {
        if (secrets.isPresent() && secrets.get().forgetLeftPlaces()) {
            news = true;
            windows.readAgain();
        }
        if (windows.nanosUntilReading() <= 0) {
            readWindows();
        }
        if (nanosUntilLookingForPointer() <= 0) {
            lookForPointer();
        }
    }

    /** How long until {@link #tend} has something to do; very long if that cannot be told. */
    long nanosUntilTending() {
        long forgetting = secrets.map(SecretWindows::nanosUntilForgetting).orElse(Long.MAX_VALUE);
        return Math.min(Math.min(forgetting, windows.nanosUntilReading()), nanosUntilLookingForPointer());
    }

    private long nanosUntilLookingForPointer() {
        long now = nanoTime.getAsLong();
        return pointer.isPresent() && now - capturedAt < CAPTURED_RECENTLY.toNanos()
                ? LOOK_FOR_POINTER_EVERY.toNanos() - (now - pointerSeenAt)
                : Long.MAX_VALUE;
    }

    private void lookForPointer() {
        pointerSeenAt = nanoTime.getAsLong();
        pointer.ifPresent(there -> readAnew(there.look()));
    }

    private void readAnew(List<Area> areas) {
        news |= !areas.isEmpty();
        areas.forEach(area -> untaken.add(area, inFront));
    }

    void flush() {
        x.flush();
    }

    /** Takes in what has happened; true if something changed on the screen or among the spaces since the last time. */
    boolean takeInNews() {
        takeInEvents();
        boolean found = news;
        news = false;
        return found;
    }

    private void takeInEvents() {
        Optional<Pointer> event = x.nextEvent();
        while (event.isPresent()) {
            takeIn(event.get());
            event = x.nextEvent();
        }
    }

    private void takeInWhatCameBeforeTheReply() {
        Optional<Pointer> event = x.nextEventTakenIn();
        while (event.isPresent()) {
            takeIn(event.get());
            event = x.nextEventTakenIn();
        }
    }

    private void takeIn(Pointer event) {
        try {
            int type = event.getByte(0) & 0x7F;
            if (damage.isPresent() && damage.get().isReport(type)) {
                damageReported = true;
                news = true;
            } else if (type == XEvent.CONFIGURE && event.getInt(8) == x.screen().root()) {
                resize(new Area(0, 0, event.getShort(20) & 0xFFFF, event.getShort(22) & 0xFFFF));
            } else if (layout.isChangedBy(event, type)) {
                readSpaces();
            }
            if (layout.isSwitch(event, type)) {
                beginAnew();
            }
            if (secrets.isPresent() && secrets.get().takeIn(event)) {
                epoch++;
                news = true;
            }
            windows.takeIn(event, type);
            pointer.ifPresent(there -> there.takeIn(type));
        } finally {
            XConnection.free(event);
        }
    }

    private Area sizeOfRoot() {
        return x.sizeOf(x.screen().root())
                .orElseThrow(() -> new SourceLostException("display " + x.display() + " has no root window"));
    }

    private void resize(Area size) {
        if (!size.equals(root)) {
            root = size;
            pixels.resize(size);
            readSpaces();
            beginAnew();
        }
    }

    private void readSpaces() {
        List<Space> before = bareSpaces;
        bareSpaces = layout.read(root);
        tellSpaces();
        if (!whatIsSeen(bareSpaces).equals(whatIsSeen(before))) {
            beginAnew();
        }
    }

    /** What is in front, where, and what is not. */
    private static List<Space> whatIsSeen(List<Space> spaces) {
        return spaces.stream()
                .map(space -> new Space(space.id(), space.index(), "", space.area(), false, space.state()))
                .toList();
    }

    private void readWindows() {
        settleSecrets();
        listed = windows.read();
        tellSpaces();
    }

    private void tellSpaces() {
        List<Space> next = layout.withWindows(bareSpaces, listed);
        news |= !next.equals(spaces);
        spaces = next;
    }

    /** Rows that were read when other areas were hidden are not handed out any more. */
    private void settleSecrets() {
        secrets.ifPresent(hiding -> {
            List<Area> changed = hiding.settle();
            if (!changed.isEmpty()) {
                epoch++;
                readAnew(changed);
            }
        });
    }

    /** What is read across this moment may belong to another space, and what is in front now was not seen yet. */
    private void beginAnew() {
        epoch++;
        news = true;
        inFront = spaces.stream()
                .filter(space -> space.state() == SpaceState.LIVE)
                .toList();
        untaken.beginWith(inFront);
    }

    /** Whether the server does not tell what changes, and all that may have changed so far was taken. */
    boolean isToBePolled() {
        return damage.isEmpty() && inFront.stream().anyMatch(space -> !untaken.has(space.id()));
    }

    /** Says that all may have changed, for a server that does not say so itself. */
    void damageAll() {
        inFront.forEach(untaken::addAllOf);
    }

    boolean isDamaged(SpaceId space) {
        boolean unsettled = secrets.isPresent() && secrets.get().isUnsettled();
        return untaken.has(space) || ((damageReported || unsettled) && isInFront(space));
    }

    private boolean isInFront(SpaceId id) {
        for (Space space : inFront) {
            if (space.id().equals(id)) {
                return true;
            }
        }
        return false;
    }

    void takeDamage(SpaceId space, BitSet bands) {
        pixels.expectNothing();
        settleSecrets();
        if (damageReported) {
            damageReported = false;
            damage.ifPresent(reported -> reported.take(area -> untaken.add(area, inFront)));
        }
        untaken.take(space, bands);
        forgetSpacesThatAreGone();
        taken.put(space, new Taken(epoch, areaInFront(space)));
    }

    /** Not as soon as they are gone: what was taken of one may be read to its end, and is not confirmed then. */
    private void forgetSpacesThatAreGone() {
        if (taken.size() > spaces.size()) {
            taken.keySet().retainAll(spaces.stream().map(Space::id).toList());
        }
    }

    private Area areaInFront(SpaceId id) {
        for (Space space : inFront) {
            if (space.id().equals(id)) {
                return space.area();
            }
        }
        throw new IllegalStateException("space " + id + " cannot be read now");
    }

    private Taken whenTaken(SpaceId id) {
        Taken found = taken.get(id);
        if (found == null) {
            throw new IllegalStateException("the damage of space " + id + " was not taken");
        }
        return found;
    }

    /** Rows of a space; blank if it is no longer in front as it was when its damage was taken. */
    ByteBuffer readRows(SpaceId id, int y, int rows) {
        capturedAt = nanoTime.getAsLong();
        Taken when = whenTaken(id);
        Area wanted = new Area(when.area().x(), when.area().y() + y, when.area().width(), rows);
        Optional<ByteBuffer> given = when.epoch() == epoch ? pixels.read(wanted) : Optional.empty();
        if (secrets.isPresent() && !pixels.answersInOrder()) {
            x.requireAnswer();
        }
        takeInWhatCameBeforeTheReply();
        if (given.isPresent() && when.epoch() == epoch) {
            ByteBuffer read = given.get();
            secrets.ifPresent(hiding -> hiding.hidden().forEach(area -> Redaction.blank(read, wanted, area)));
            pointer.ifPresent(there -> there.draw(read, wanted));
            return read;
        }
        if (when.epoch() == epoch) {
            resizeOrLose();
        }
        return blank(wanted);
    }

    void expectRows(SpaceId id, int y, int rows) {
        Taken when = whenTaken(id);
        if (when.epoch() == epoch) {
            pixels.expect(
                    new Area(when.area().x(), when.area().y() + y, when.area().width(), rows));
        }
    }

    /** The server refuses to read what lies outside the root window, whose new size we may not have been told yet. */
    private void resizeOrLose() {
        int before = epoch;
        resize(sizeOfRoot());
        if (epoch == before) {
            throw new SourceLostException("display " + x.display() + " refuses to give its pixels");
        }
    }

    private static ByteBuffer blank(Area area) {
        return ByteBuffer.allocateDirect(area.width() * area.height() * Integer.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    boolean confirm(SpaceId space) {
        if (!pixels.answersInOrder()) {
            x.requireAnswer();
        }
        takeInEvents();
        return epoch == whenTaken(space).epoch();
    }

    /** Lets go of the memory for pixels until rows are read again. */
    void rest() {
        pixels.rest();
    }

    /** How many rows of a space have room at once. */
    static int maxRows(int width) {
        return PixelMemory.maxRows(width);
    }

    @Override
    public void close() {
        pixels.close();
        damage.ifPresent(RootDamage::close);
        x.close();
    }
}
