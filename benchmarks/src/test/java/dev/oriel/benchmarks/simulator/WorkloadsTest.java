package dev.oriel.benchmarks.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.benchmarks.simulator.Session.Change;
import dev.oriel.benchmarks.simulator.Trace.Event;
import dev.oriel.benchmarks.simulator.Trace.Kind;
import dev.oriel.capture.Quality;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void aSessionIsReadAsItWasWritten() throws IOException {
        Session written = new Session(
                "some",
                new int[] {10, 20, 30},
                List.of(
                        new Change(5, Quality.OPTIMIZED, new int[] {0, 1}),
                        new Change(6, Quality.THUMBNAIL, new int[] {2}),
                        new Change(90, Quality.OPTIMIZED, new int[] {0, 2})));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SessionFile.write(List.of(written, written), file);
        List<Session> read = SessionFile.read(new ByteArrayInputStream(file.toByteArray()));
        assertThat(read)
                .hasSize(2)
                .usingRecursiveFieldByFieldElementComparator()
                .containsOnly(written);
    }

    @Test
    void tracesAreTheSameEachTimeAndInOrder() throws IOException {
        List<Session> sessions = SessionFile.recorded();
        List<Trace> once = Workloads.all(sessions);
        List<Trace> again = Workloads.all(sessions);
        assertThat(once).extracting(Trace::name).containsExactly("agent", "scrubbing", "wall", "switching");
        for (int index = 0; index < once.size(); index++) {
            List<Event> events = once.get(index).events();
            assertThat(events).isSortedAccordingTo(Comparator.comparingLong(Event::millis));
            assertThat(events.stream().map(WorkloadsTest::text))
                    .containsExactlyElementsOf(again.get(index).events().stream()
                            .map(WorkloadsTest::text)
                            .toList());
        }
    }

    private static String text(Event event) {
        Picture picture = event.picture();
        return event.millis() + " " + event.kind() + " " + picture.space() + " " + picture.quality() + " "
                + picture.revision();
    }

    @Test
    void theNewestPictureIsWhatCameLastAndALookBackIsNot() throws IOException {
        for (Trace trace : Workloads.all(SessionFile.recorded())) {
            Map<String, Picture> newest = new HashMap<>();
            for (Event event : trace.events()) {
                Picture picture = event.picture();
                String rendition = picture.space() + " " + picture.quality();
                if (event.kind() == Kind.PUT) {
                    newest.put(rendition, picture);
                } else {
                    assertThat(newest.get(rendition) == picture)
                            .as("%s: %s", trace.name(), text(event))
                            .isEqualTo(event.kind() == Kind.LATEST);
                }
            }
        }
    }

    @Test
    void theShippedCacheAnswersWhatItShould() {
        TinyTrace tiny = new TinyTrace();
        int same = tiny.content(4000);
        for (int picture = 0; picture < 20; picture++) {
            tiny.put("picture " + picture, 0, Quality.OPTIMIZED, same, tiny.content(100));
        }
        Trace trace =
                tiny.latest("picture 19").lookBack("picture 18", "picture 0").trace();
        try (FrameCachePolicy cache = new FrameCachePolicy(trace.contentBytes(), MEGABYTE)) {
            assertThat(Policy.hits(trace, cache)).isEqualTo(3);
        }
    }
}
