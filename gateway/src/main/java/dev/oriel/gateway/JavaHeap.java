package dev.oriel.gateway;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A heap with little room is collected as a whole again and again, and everything stands still meanwhile: that is the price
 * of a small process, to be paid only while memory is short. How much room a collection leaves is an option of Java that
 * can be changed while it runs.
 */
/** How much room Java has for its objects beside what they need. Safe for many threads. */
final class JavaHeap {

    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    private static final int LEAST_FREE_WHEN_SHORT = 5;
    private static final int MOST_FREE_WHEN_SHORT = 10;

    private static final Logger log = LoggerFactory.getLogger(JavaHeap.class);

    /** Percentages of the heap. */
    private record Room(int leastFree, int mostFree) {

        Room whenShort() {
            return new Room(Math.min(leastFree, LEAST_FREE_WHEN_SHORT), Math.min(mostFree, MOST_FREE_WHEN_SHORT));
        }
    }

    private boolean isFixed;
    private @Nullable Room usual;

    /**
     * Decides how much each collection leaves from now on. Where Java does not let that be changed, nothing happens.
     *
     * @param isShort whether memory is: then next to nothing, else as much as Java began with
     */
    synchronized void leaveRoom(boolean isShort) {
        boolean isAsWanted = (usual != null) == isShort;
        if (isFixed || isAsWanted) {
            return;
        }
        try {
            change(isShort);
        } catch (IllegalArgumentException | LinkageError e) {
            isFixed = true;
            log.debug("the room of the heap stays as it is: {}", e.toString());
        }
    }

    private void change(boolean isShort) {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Room began = usual;
        if (isShort) {
            Room now = new Room(percentage(options, LEAST_FREE), percentage(options, MOST_FREE));
            usual = now;
            // At no moment may the one be more than the other.
            set(options, LEAST_FREE, now.whenShort().leastFree());
            set(options, MOST_FREE, now.whenShort().mostFree());
        } else if (began != null) {
            set(options, MOST_FREE, began.mostFree());
            set(options, LEAST_FREE, began.leastFree());
            usual = null;
        }
    }

    private static int percentage(HotSpotDiagnosticMXBean options, String name) {
        return Integer.parseInt(options.getVMOption(name).getValue());
    }

    private static void set(HotSpotDiagnosticMXBean options, String name, int percentage) {
        options.setVMOption(name, Integer.toString(percentage));
    }
}
