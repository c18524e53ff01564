package dev.oriel.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReadingTest {

    private static final int STRIPES = 2 * StripeBlock.STRIPES + 3;
    private static final int STRIPE_BYTES = 100;

    private final HeapFrameMemory memory = new HeapFrameMemory(1 << 20);

    @Test
    void holdsTheFrameUntilItIsClosed() {
        Frame frame = fresh();
        FrameReading reading = frame.read();
        frame.close();

        assertThat(reading.buffers()).hasSize(STRIPES + 1);
        assertThat(reading.stripe(3).remaining()).isEqualTo(STRIPE_BYTES - Stripe.MARKER_BYTES);
        assertThat(memory.chargedBytes()).isPositive();

        reading.close();
        assertThat(memory.chargedBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(reading::buffers);
        assertThatIllegalStateException().isThrownBy(() -> reading.stripe(0));
        assertThatIllegalStateException().isThrownBy(reading::close);
        assertThatIllegalStateException().isThrownBy(frame::read);
    }

    @Test
    void framesShareTheBlocksInWhichNothingChanged() {
        Frame first = fresh();
        Frame second = TestFrames.changed(memory, first, info(2), STRIPE_BYTES, index -> index == StripeBlock.STRIPES)
                .orElseThrow();

        assertThat(second.content().block(0)).isSameAs(first.content().block(0));
        assertThat(second.content().block(1)).isNotSameAs(first.content().block(1));
        assertThat(second.content().block(2)).isSameAs(first.content().block(2));
        assertThat(changedStripes(first, second)).containsExactly(StripeBlock.STRIPES);
        assertThat(second.bytesNotIn(first)).isEqualTo(STRIPE_BYTES);
        assertThat(memory.chargedBytes()).isEqualTo((STRIPES + 1) * STRIPE_BYTES);

        first.close();
        assertThat(TestFrames.isIntact(second)).isTrue();
        assertThat(memory.chargedBytes()).isEqualTo(STRIPES * STRIPE_BYTES);
        second.close();
        assertThat(memory.chargedBytes()).isZero();
    }

    private Frame fresh() {
        return TestFrames.fresh(memory, info(1), STRIPES, STRIPE_BYTES).orElseThrow();
    }

    private static List<Integer> changedStripes(Frame older, Frame newer) {
        List<Integer> changed = new ArrayList<>();
        for (int index = 0; index < newer.stripeCount(); index++) {
            if (!newer.sharesStripe(older, index)) {
                changed.add(index);
            }
        }
        return changed;
    }

    private static FrameInfo info(long revision) {
        return new FrameInfo(new SpaceId("a"), revision, Instant.EPOCH, 64, 16 * STRIPES, Quality.FAST, 70, 16);
    }
}
