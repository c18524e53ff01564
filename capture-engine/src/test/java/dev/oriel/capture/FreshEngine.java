package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.jpeg.StripeEncoders;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;

/** An engine that has never seen anything, for one picture: every stripe is made anew. */
final class FreshEngine {

    private FreshEngine() {}

    static byte[] encode(Pixels pixels, Quality quality, CaptureSettings settings) {
        return encode(pixels, Set.of(quality), settings, 0, StripeEncoders.detect())
                .get(quality);
    }

    static Map<Quality, byte[]> encode(
            Pixels pixels, Set<Quality> qualities, CaptureSettings settings, int reduction, StripeEncoders encoders) {
        PixelScreen screen = PixelScreen.single("fresh", pixels.width(), pixels.height());
        screen.show(1, pixels);
        HeapFrameMemory memory = new HeapFrameMemory(1L << 30);
        DefaultCaptureEngine engine = new DefaultCaptureEngine(
                List.of(screen), memory, settings, encoders, Clock.systemUTC(), System::nanoTime);
        FrameCollector frames = FrameCollector.unbounded();
        try {
            CaptureTarget target = new CaptureTarget(screen.id(1), qualities, Duration.ZERO);
            engine.frames(Flux.just(new CaptureSchedule(List.of(target), reduction)))
                    .subscribe(frames);
            Map<Quality, byte[]> jpegs = new EnumMap<>(Quality.class);
            while (jpegs.size() < qualities.size()) {
                Frame frame = frames.next();
                jpegs.put(frame.quality(), frame.toByteArray());
            }
            return jpegs;
        } finally {
            engine.close();
            // Not before: what nobody holds any more is made again.
            frames.letGoOfAll();
            assertThat(memory.chargedBytes()).isZero();
        }
    }
}
