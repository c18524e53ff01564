package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.capture.Eventually;
import dev.oriel.capture.PixelScreen;
import dev.oriel.pressure.PressureLevel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCounted;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class FeedSessionTest {

    private final TestSystem system = TestSystem.simulable(PixelScreen.sideBySide("p", 64, 64, 2));
    private final FeedTexts texts = new FeedTexts(system.oriel(), Clock.systemUTC());
    private final FeedSession session = new FeedSession(system.oriel(), texts, 10, () -> 0);
    private final Client client = new Client();

    /** Takes what it asks for, and no more. */
    private static final class Client extends BaseSubscriber<List<WebSocketFrame>> {

        private final List<List<WebSocketFrame>> taken = new CopyOnWriteArrayList<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(List<WebSocketFrame> frames) {
            taken.add(frames);
        }
    }

    @BeforeEach
    void begin() {
        session.outgoing().subscribe(client);
        assertThat(client.taken).hasSize(1);
        assertThat(session.handOver(client.taken.get(0))).isTrue();
    }

    @AfterEach
    void stop() {
        session.close();
        system.close();
    }

    private Transition newest() {
        List<Transition> kept = system.oriel().transitions().newest();
        return kept.get(kept.size() - 1);
    }

    private List<WebSocketFrame> red() {
        system.level(PressureLevel.RED);
        Eventually.until("the steps of the answer", () -> !newest().steps().isEmpty());
        client.request(1);
        return client.taken.get(1);
    }

    @Test
    void whatWaitsIsSaidInOneGoAndInItsOrder() {
        assertThat(red())
                .allSatisfy(frame -> assertThat(frame).isInstanceOf(TextWebSocketFrame.class))
                .extracting(frame -> JsonTree.read(((TextWebSocketFrame) frame).text())
                        .path("type")
                        .stringValue())
                .contains("transition")
                .containsSubsequence("spaces", "state", "pressure");
    }

    @Test
    void whatNobodyTookIsLetGo() {
        List<WebSocketFrame> waiting = red();
        assertThat(waiting).extracting(ReferenceCounted::refCnt).containsOnly(1);

        session.close();

        assertThat(waiting).extracting(ReferenceCounted::refCnt).containsOnly(0);
        assertThat(session.handOver(waiting)).isFalse();
    }
}
