package dev.oriel.gateway;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A heap with little room is collected as a whole again and again, and everything stands still meanwhile: that is the price
 * of a small process, to be paid only while memory is short. How much room a collection leaves is an option of Java that
 * can be changed while it runs.
 */
/** How much room Java has for its objects beside what they need. Not safe for many threads. */
final class JavaHeap {

    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    private static final String LEAST_FREE_WHEN_SHORT = "5";
    private static final String MOST_FREE_WHEN_SHORT = "10";

    private static final Logger log = LoggerFactory.getLogger(JavaHeap.class);

    /** What Java began with. */
    private record Room(HotSpotDiagnosticMXBean options, String leastFree, String mostFree) {

        static Optional<Room> ofThisJava() {
            try {
                HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
                return Optional.of(new Room(
                        options,
                        options.getVMOption(LEAST_FREE).getValue(),
                        options.getVMOption(MOST_FREE).getValue()));
            } catch (IllegalArgumentException e) {
                log.debug("another Java, whose heap has the room it has: {}", e.getMessage());
                return Optional.empty();
            }
        }

        /* At each step the one must not be more than the other. */
        void shrink() {
            options.setVMOption(LEAST_FREE, LEAST_FREE_WHEN_SHORT);
            options.setVMOption(MOST_FREE, MOST_FREE_WHEN_SHORT);
        }

        void restore() {
            options.setVMOption(MOST_FREE, mostFree);
            options.setVMOption(LEAST_FREE, leastFree);
        }
    }

    private Optional<Room> taken = Optional.empty();

    /** Collects it, and leaves next to no room beside what is alive, from now on. */
    void giveBack() {
        if (taken.isEmpty()) {
            taken = Room.ofThisJava();
            taken.ifPresent(Room::shrink);
        }
        System.gc();
    }

    /** Lets it have as much room again as Java began with. */
    void takeBack() {
        taken.ifPresent(Room::restore);
        taken = Optional.empty();
    }
}
