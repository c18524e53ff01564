package dev.oriel.pressure.linux;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.oriel.pressure.MemorySource;
import dev.oriel.pressure.PageInThresholds;
import dev.oriel.pressure.PressureLevel;
import dev.oriel.pressure.PressureProbe.Depth;
import dev.oriel.pressure.SourceAbsentException;
import dev.oriel.pressure.SourceReading;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Pages that came back though they were given up only a while ago: the machine thrashes. Among the kernel's counters
 * {@code workingset_activate} is the one that says so. It grows with each page that comes back so soon that a little
 * more memory would have kept it. {@code workingset_refault} grows also when a file larger than memory is read over and
 * over, {@code pgmajfault} also when a program starts, and {@code workingset_restore} misses pages that were needed
 * again before they had been needed twice. The machine's counters hold those of all groups, so no group's is read;
 * while there is plenty of memory they are told but do not count, as with stalls.
 */
final class PageInSource implements MemorySource {
    private static final int LOOKS = 64;
    /* As with stalls: a third more than a window fits. Also how often within a window it is worth looking. */
    private static final int LOOKS_PER_WINDOW = 48;
    private static final int QUICK_LOOKS_PER_WINDOW = 8;
    /* From a tenth of the speed that is YELLOW on it is worth looking often. */
    private static final int STIRRING_PART = 10;

    private final PageInThresholds thresholds;
    private final long windowNanos;
    private final KernelFile file;
    private final KernelText text;
    private final SampleRing looks;
    private final BooleanSupplier stirringElsewhere;
    private final BooleanSupplier plenty;
    private final SourceAbsentException absent;
    private boolean told;
    private long pages;
    private long pagesPerSecond;

    PageInSource(
            PageInThresholds thresholds,
            BooleanSupplier stirringElsewhere,
            BooleanSupplier plenty,
            Path root,
            KernelText text) {
        this.thresholds = thresholds;
        this.stirringElsewhere = stirringElsewhere;
        this.plenty = plenty;
        this.text = text;
        windowNanos = thresholds.window().toNanos();
        file = new KernelFile(root.resolve("proc/vmstat"));
        looks = new SampleRing(LOOKS, windowNanos / LOOKS_PER_WINDOW);
        absent = new SourceAbsentException("nothing can be read from " + file.path());
    }

    @Override
    public String name() {
        return "pagein";
    }

    /* The file is dear, so quick looks leave it out, unless pages came back before or something else stirs. */
    @Override
    public void look(Depth depth, long nowNanos) throws IOException, SourceAbsentException {
        boolean stirring = stirringElsewhere.getAsBoolean() || isStirring();
        if (depth == Depth.FULL || (stirring && isWorthwhile(nowNanos))) {
            told = false;
            read();
            take(nowNanos);
            told = true;
        } else if (!told) {
            throw absent;
        }
    }

    private boolean isWorthwhile(long nowNanos) {
        int newest = looks.size() - 1;
        return newest < 0 || nowNanos - looks.time(newest) >= windowNanos / QUICK_LOOKS_PER_WINDOW;
    }

    private void read() throws IOException, SourceAbsentException {
        try {
            file.read(text);
        } catch (NoSuchFileException missing) {
            throw absent;
        }
        pages = cameBack();
    }

    private void take(long nowNanos) {
        int newest = looks.size() - 1;
        if (newest >= 0 && pages < looks.first(newest)) {
            looks.clear();
        }
        looks.add(nowNanos, pages, 0);
        int start = looks.newestBefore(nowNanos, windowNanos);
        double stretch = Math.max(windowNanos, nowNanos - looks.time(start));
        pagesPerSecond = (long) ((pages - looks.first(start)) / stretch * SECONDS.toNanos(1));
    }

    /* Kernels before 5.9 do not tell files from the rest. */
    private long cameBack() throws MalformedTextException {
        long files = text.number("workingset_activate_file", -1);
        return files < 0 ? text.number("workingset_activate") : files + text.number("workingset_activate_anon", 0);
    }

    @Override
    public PressureLevel level() {
        return plenty.getAsBoolean() ? PressureLevel.GREEN : thresholds.levelOf(pagesPerSecond);
    }

    @Override
    public boolean isStirring() {
        return pagesPerSecond * STIRRING_PART >= thresholds.yellowPagesPerSecond() && !plenty.getAsBoolean();
    }

    @Override
    public SourceReading reading() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("backPages", pages);
        numbers.put("backPagesPerSecond", pagesPerSecond);
        return new SourceReading(
                name(), level(), pagesPerSecond + " pages a second came back too soon", OptionalLong.empty(), numbers);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
