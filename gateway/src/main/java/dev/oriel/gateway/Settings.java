package dev.oriel.gateway;

import dev.oriel.capture.CaptureSettings;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.optimizer.PressureSettings;
import dev.oriel.pressure.PressureSensorSettings;
import dev.oriel.pressure.PressureThresholds;
import dev.oriel.pressure.PressureWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, read once and checked.
 *
 * @param host address to listen on
 * @param port 0 for any that is free
 * @param token what clients have to give; empty for nothing
 * @param source where pixels come from
 * @param displays X displays; empty if there are none
 * @param spaces what is a space on an X display; empty for desktops on one display and the displays where there are several
 * @param pointer whether the pointer is drawn into the pictures
 * @param monitored indexes or ids of the spaces to capture; empty for all
 * @param pressure what the levels mean
 * @param checkInterval slowest poll of the memory pressure
 * @param pressureWatch where a service manager tells of memory pressure; empty if nowhere
 * @param capture how pictures are made, and what they do not show
 * @param ttl age up to which a picture is handed out as current where changes cannot be seen
 * @param history how long a picture stays
 * @param poisonFreed whether freed bytes of pictures are overwritten
 * @param maxFps most pictures of a space a second
 */
record Settings(
        String host,
        int port,
        Optional<String> token,
        Source source,
        List<String> displays,
        Optional<SpaceKind> spaces,
        boolean pointer,
        Set<String> monitored,
        PressureSettings pressure,
        Duration checkInterval,
        Optional<PressureWatch> pressureWatch,
        CaptureSettings capture,
        Duration ttl,
        Duration history,
        boolean poisonFreed,
        int maxFps) {

    private static final long MEGABYTE = 1024 * 1024;

    /** Where pixels come from. */
    enum Source {
        AUTO,
        X11,
        DEMO,
        MACOS,
        WINDOWS
    }

    /** How the sensor looks, but for the ceiling of a process: that is for the one that serves. */
    PressureSensorSettings sensor() {
        return PressureSensorSettings.defaults().withInterval(checkInterval).withWatch(pressureWatch);
    }

    /** How the sensor of a process looks that is to stay below the ceiling of GREEN. */
    PressureSensorSettings ownSensor() {
        long ceiling = (long) pressure.green().rssCeilingMegabytes() * MEGABYTE;
        return sensor().withThresholds(PressureThresholds.defaults().withProcessCeilingBytes(ceiling));
    }

    /**
     * Reads all settings.
     *
     * @param environment of the process
     * @param options of the command line, which win
     * @throws SettingsException that names all that are wrong
     */
    static Settings read(Map<String, String> environment, Map<Setting, String> options) {
        return new SettingsReader(environment, options).read();
    }
}
