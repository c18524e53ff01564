package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class FollowsAgainTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> taken = new ArrayList<>();
    private boolean full = true;

    private void take(String value) {
        if (full) {
            throw new OutOfMemoryError("as a test wants it");
        }
        taken.add(value);
    }

    @Test
    void theNewestIsTakenWhenThereIsRoomAgain() {
        Sinks.Many<String> values = Sinks.many().replay().latest();
        values.asFlux().subscribe(new FollowsAgain<>(this::take, time));
        values.tryEmitNext("first").orThrow();
        values.tryEmitNext("second").orThrow();
        assertThat(taken).isEmpty();

        full = false;
        time.advanceTimeBy(FollowsAgain.AGAIN_AFTER);
        assertThat(taken).containsOnly("second");

        values.tryEmitNext("third").orThrow();
        assertThat(taken).endsWith("third");
    }
}
