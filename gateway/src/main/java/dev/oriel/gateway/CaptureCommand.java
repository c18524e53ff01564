package dev.oriel.gateway;

import dev.oriel.capture.CaptureEngine;
import dev.oriel.capture.CaptureSchedule;
import dev.oriel.capture.CaptureTarget;
import dev.oriel.capture.CropOutsideException;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.PictureAnswer;
import dev.oriel.capture.PictureRefusedException;
import dev.oriel.capture.PictureRequest;
import dev.oriel.capture.PictureView;
import dev.oriel.capture.Quality;
import dev.oriel.capture.Space;
import dev.oriel.capture.SpaceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** Takes one picture. */
@Command(name = "capture", description = "Takes one picture of a space and writes it as a JPEG.")
final class CaptureCommand implements Callable<Integer> {

    private static final Path STANDARD_OUTPUT = Path.of("-");
    private static final long MEMORY_BYTES = 256L * 1024 * 1024;

    private final CommandContext context;

    @Parameters(paramLabel = "SPACE", description = "Its id or index, as 'oriel spaces' prints them.")
    private String space = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write, - for standard output; SPACE.jpg unless told otherwise.")
    private @Nullable Path output;

    @Option(names = "--quality", paramLabel = "QUALITY", description = "full, optimized, fast or thumbnail.")
    private String quality = Quality.OPTIMIZED.label();

    @Option(
            names = "--crop",
            paramLabel = "X,Y,W,H",
            description = "A part of the space, in its pixels; the size of the quality then does not count.")
    private @Nullable String crop;

    @Option(names = "--zoom", paramLabel = "N", description = "Enlarges each pixel to NxN, 1 to 8.")
    private @Nullable String zoom;

    @Option(
            names = "--fit",
            paramLabel = "SIZE",
            description = "Makes it smaller, never larger, to fit WIDTHxHEIGHT, or model, xga, wxga or fwxga.")
    private @Nullable String fit;

    CaptureCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings();
        Quality wanted = Quality.parse(quality)
                .orElseThrow(() -> new SettingsException(List.of("--quality is \"" + quality + "\"; allowed: "
                        + Arrays.stream(Quality.values()).map(Quality::label).collect(Collectors.joining(", ")))));
        Optional<PictureView> view = new ViewText(
                        Optional.ofNullable(crop), Optional.ofNullable(zoom), Optional.ofNullable(fit))
                .parse("--", message -> new SettingsException(List.of(message)));
        try (CaptureEngine engine = CaptureEngine.start(
                Sources.choose(settings), FrameMemory.onHeap(MEMORY_BYTES), settings.capture(), Clock.systemUTC())) {
            Space found = find(Objects.requireNonNull(engine.spaces().blockFirst(SpacesCommand.LONGEST_WAIT)));
            Path file = output == null ? Path.of(found.id() + ".jpg") : output;
            if (view.isPresent()) {
                try (PictureAnswer made = measured(engine, found, view.get(), wanted)) {
                    write(made.frame().orElseThrow(), file, where(made));
                }
            } else {
                try (Frame frame = whole(engine, found, wanted)) {
                    write(frame, file, "");
                }
            }
        }
        return Main.OK;
    }

    private static Frame whole(CaptureEngine engine, Space found, Quality wanted) {
        CaptureTarget target = new CaptureTarget(found.id(), Set.of(wanted), Duration.ZERO);
        CaptureSchedule schedule = new CaptureSchedule(List.of(target), 0);
        return engine.frames(Mono.just(schedule).concatWith(Mono.never()))
                .next()
                .timeout(SpacesCommand.LONGEST_WAIT, Mono.empty())
                .blockOptional()
                .orElseThrow(() -> noneInTime(found));
    }

    private static PictureAnswer measured(CaptureEngine engine, Space found, PictureView view, Quality wanted) {
        PictureRequest request = new PictureRequest(found.id(), view, wanted, Quality.FULL, 0);
        try {
            return engine.picture(request, revision -> false, SpacesCommand.LONGEST_WAIT)
                    .blockOptional()
                    .orElseThrow(() -> noneInTime(found));
        } catch (CropOutsideException e) {
            throw new SettingsException(List.of("--" + e.getMessage()));
        } catch (PictureRefusedException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()));
        }
    }

    private static CommandFailedException noneInTime(Space space) {
        return new CommandFailedException("no picture of " + space.id() + " came in time");
    }

    private static String where(PictureAnswer picture) {
        return ", scale " + PictureReply.decimal(picture.scale()) + ", origin " + PictureReply.origin(picture);
    }

    private Space find(List<Space> spaces) {
        Space found = spaces.stream()
                .filter(known -> known.id().value().equals(space)
                        || Integer.toString(known.index()).equals(space))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException("there is no space \"" + space + "\"; there are: "
                        + spaces.stream()
                                .map(known -> known.index() + " or " + known.id())
                                .collect(Collectors.joining(", "))));
        if (found.state() != SpaceState.LIVE) {
            throw new CommandFailedException("space \"" + space + "\" is "
                    + found.state().name().toLowerCase(Locale.ROOT)
                    + " and cannot be captured now: " + found.reason()
                    + (found.state() == SpaceState.STALE ? "; Oriel never switches desktops to take a picture" : ""));
        }
        return found;
    }

    private void write(Frame frame, Path file, String where) {
        if (file.equals(STANDARD_OUTPUT)) {
            context.print(frame.toByteArray());
            return;
        }
        try {
            Files.write(file, frame.toByteArray());
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + e);
        }
        context.print(file + ": " + frame.info().width() + "x" + frame.info().height() + ", " + frame.sizeBytes()
                + " bytes" + where);
    }
}
