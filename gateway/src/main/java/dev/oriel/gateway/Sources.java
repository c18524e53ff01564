package dev.oriel.gateway;

import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.demo.DemoSource;
import dev.oriel.capture.x11.X11Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses where pixels come from. */
final class Sources {

    private static final Logger log = LoggerFactory.getLogger(Sources.class);

    private Sources() {}

    /**
     * The sources that the settings name, closed. One that cannot be reached is no obstacle as long as another can.
     *
     * @throws CommandFailedException if none can be reached
     * @throws SettingsException if this build has none of the kind asked for
     */
    static List<ScreenSource> choose(Settings settings) {
        return switch (settings.source()) {
            case AUTO -> settings.displays().isEmpty() ? demoForLackOfDisplay() : displays(settings.displays());
            case X11 -> displays(settings.displays());
            case DEMO -> List.of(DemoSource.create());
            case MACOS, WINDOWS ->
                throw new SettingsException(List.of("ORIEL_SOURCE is \""
                        + settings.source().name().toLowerCase(Locale.ROOT)
                        + "\", which this version cannot read; allowed here: auto, x11, demo"));
        };
    }

    private static List<ScreenSource> demoForLackOfDisplay() {
        log.info("there is no display, so the demo is shown; set DISPLAY or ORIEL_DISPLAYS to watch real ones");
        return List.of(DemoSource.create());
    }

    private static List<ScreenSource> displays(List<String> names) {
        List<ScreenSource> sources = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (String name : names) {
            X11Source source = new X11Source(name, names.size() == 1);
            try {
                source.open();
            } catch (SourceLostException e) {
                failures.add(e.getMessage());
            } finally {
                source.disconnect();
            }
            sources.add(source);
        }
        if (failures.size() == sources.size()) {
            sources.forEach(ScreenSource::close);
            throw new CommandFailedException(
                    String.join("; ", failures) + "; set DISPLAY or ORIEL_DISPLAYS, or --oriel-source demo");
        }
        return sources;
    }
}
