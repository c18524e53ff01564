package dev.oriel.gateway;

import dev.oriel.capture.ScreenSource;
import dev.oriel.capture.SourceLostException;
import dev.oriel.capture.demo.DemoSource;
import dev.oriel.capture.x11.SpaceKind;
import dev.oriel.capture.x11.X11Options;
import dev.oriel.capture.x11.X11Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
            case AUTO -> settings.displays().isEmpty() ? demoForLackOfDisplay() : displays(settings);
            case X11 -> displays(settings);
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

    private static List<ScreenSource> displays(Settings settings) {
        List<String> names = settings.displays();
        SpaceKind kind = settings.spaces().orElse(names.size() == 1 ? SpaceKind.DESKTOPS : SpaceKind.DISPLAYS);
        X11Options options = X11Options.defaults()
                .withSpaces(kind)
                .withRedaction(settings.capture().redaction())
                .withPointer(settings.pointer());
        List<String> failures = failures(names);
        if (failures.size() == names.size()) {
            throw new CommandFailedException(String.join("; ", failures)
                    + "; set DISPLAY or ORIEL_DISPLAYS to one that answers, or --oriel-source demo");
        }
        return names.stream().map(name -> source(name, options)).toList();
    }

    private static ScreenSource source(String display, X11Options options) {
        return new X11Source(display, options, System::nanoTime);
    }

    /** Opens all at once, since one that was stopped takes a while to be found out. */
    private static List<String> failures(List<String> displays) {
        return Flux.fromIterable(displays)
                .flatMapSequential(
                        display -> Mono.fromCallable(() -> failure(display)).subscribeOn(Schedulers.boundedElastic()),
                        displays.size())
                .flatMap(Mono::justOrEmpty)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static Optional<String> failure(String display) {
        try {
            X11Source.requireReachable(display, System::nanoTime);
            return Optional.empty();
        } catch (SourceLostException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("display {} cannot be opened", display, e);
            return Optional.of("display " + display + " cannot be opened: " + e);
        }
    }
}
