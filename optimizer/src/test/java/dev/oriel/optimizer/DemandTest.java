package dev.oriel.optimizer;

import static dev.oriel.optimizer.TestSpaces.everything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.oriel.capture.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandTest {

    @Test
    void doesNotChangeWithTheListItWasMadeFrom() {
        List<Interest> interests = new ArrayList<>(List.of(everything(Quality.FAST)));
        Demand demand = new Demand(interests, Optional.empty());
        interests.clear();

        assertThat(demand.interests()).containsExactly(everything(Quality.FAST));
    }

    @Test
    void anIntervalMayBeZeroButNotNegative() {
        assertThat(new Interest(Optional.empty(), Quality.FAST, Duration.ZERO).interval())
                .isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interest(Optional.empty(), Quality.FAST, Duration.ofMillis(-1)))
                .withMessage("interval must not be negative, was PT-0.001S");
    }
}
