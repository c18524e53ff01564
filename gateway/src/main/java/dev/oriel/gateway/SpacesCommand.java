package dev.oriel.gateway;

import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Space;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the spaces found. */
@Command(name = "spaces", description = "Lists the spaces found.")
final class SpacesCommand implements Callable<Integer> {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final CommandContext context;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    SpacesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings();
        try (CaptureEngine engine = CaptureEngine.start(
                Sources.choose(settings), FrameMemory.onHeap(1), settings.capture(), Clock.systemUTC())) {
            List<Space> spaces = Objects.requireNonNull(engine.spaces().blockFirst(LONGEST_WAIT));
            if (json) {
                context.print(Json.pretty(
                        spaces.stream().map(SpaceView::withoutPicture).toList()));
            } else {
                spaces.forEach(space -> context.print(line(space)));
            }
        }
        return Main.OK;
    }

    private static String line(Space space) {
        return String.format(
                Locale.ROOT,
                "%3d  %-20s  %-20s  %-6s  %s%s%s",
                space.index(),
                space.id(),
                space.area(),
                space.state().name().toLowerCase(Locale.ROOT),
                space.label(),
                space.active() ? "  (active)" : "",
                space.reason().isEmpty() ? "" : "  " + space.reason());
    }
}
