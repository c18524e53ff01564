package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class OrielTest {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Sinks.Many<String> news = Sinks.many().multicast().directBestEffort();
    private final List<Duration> times = new ArrayList<>();
    private Disposable keeping;
    private Duration now = Duration.ZERO;

    @BeforeEach
    void keepHouse() {
        keeping = Oriel.timesToKeepHouse(news.asFlux(), timer).subscribe(time -> times.add(now));
    }

    @AfterEach
    void stop() {
        keeping.dispose();
    }

    private void passMillis(int millis) {
        for (int step = 0; step < millis; step += 100) {
            now = now.plusMillis(100);
            timer.advanceTimeBy(Duration.ofMillis(100));
        }
    }

    private void tellNews() {
        news.tryEmitNext("news").orThrow();
    }

    @Test
    void keepsHouseNowAndThenWithoutNews() {
        passMillis(25_000);

        assertThat(times).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void keepsHouseASecondAfterNews() {
        passMillis(3_500);
        tellNews();
        passMillis(5_000);

        assertThat(times).containsExactly(Duration.ofMillis(4_500));
    }

    @Test
    void keepsHouseOnceASecondWhileNewsCome() {
        for (int round = 0; round < 30; round++) {
            tellNews();
            passMillis(100);
        }
        assertThat(times).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));

        passMillis(3_000);
        assertThat(times).as("the last news").hasSize(4).endsWith(Duration.ofSeconds(4));
    }
}
