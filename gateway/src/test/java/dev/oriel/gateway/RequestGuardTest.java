package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {

    private static final RequestGuard LOOPBACK = new RequestGuard(InetAddress.getLoopbackAddress(), Optional.empty());
    private static final RequestGuard WITH_TOKEN = new RequestGuard(anyAddress(), Optional.of("s3cret"));

    private static InetAddress anyAddress() {
        return address(0, 0, 0, 0);
    }

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnusualLoopbackAddressIsAnsweredToo() {
        RequestGuard guard = new RequestGuard(address(127, 0, 0, 2), Optional.empty());

        assertThat(status(guard, "/", "Host", "127.0.0.2:8080")).isEmpty();
        assertThat(status(guard, "/", "Host", "evil.example")).contains(403);
    }

    @Test
    void pagesOfOtherSitesMayLeadHereButNotShowPictures() {
        String picture = "/api/spaces/a/frame.jpg";
        assertThat(status(LOOPBACK, picture, "Host", "localhost", "Sec-Fetch-Site", "cross-site"))
                .contains(403);
        assertThat(status(LOOPBACK, picture, "Host", "localhost", "Sec-Fetch-Site", "same-origin"))
                .isEmpty();
        assertThat(status(LOOPBACK, picture, "Host", "localhost", "Sec-Fetch-Site", "none"))
                .isEmpty();
        assertThat(status(
                        LOOPBACK,
                        "/",
                        "Host",
                        "localhost",
                        "Sec-Fetch-Site",
                        "cross-site",
                        "Sec-Fetch-Mode",
                        "navigate"))
                .isEmpty();
    }

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            headers.add(namesAndValues[index], namesAndValues[index + 1]);
        }
        return headers;
    }

    private static Optional<Integer> status(RequestGuard guard, String uri, String... headers) {
        return guard.refuse(headers(headers), new QueryStringDecoder(uri)).map(Problem::status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "LocalHost:8080", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
    void aLoopbackServerAnswersToLoopbackNames(String host) {
        assertThat(status(LOOPBACK, "/", "Host", host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "192.168.0.1:8080"})
    void aLoopbackServerRefusesEveryOtherName(String host) {
        Optional<Problem> refused = LOOPBACK.refuse(headers("Host", host), new QueryStringDecoder("/"));

        assertThat(refused).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(403);
            assertThat(problem.detail()).startsWith("Host is \"" + host + "\"").contains("localhost");
        });
    }

    @Test
    void aLoopbackServerRefusesARequestWithoutAHost() {
        assertThat(status(LOOPBACK, "/")).contains(403);
    }

    @Test
    void aServerThatOthersCanReachAnswersToAnyName() {
        assertThat(status(WITH_TOKEN, "/?token=s3cret", "Host", "desk.example:8080"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://localhost, localhost",
        "http://LOCALHOST:8080, localhost:8080",
        "http://[::1]:8080, [::1]:8080"
    })
    void itsOwnPagesMayAsk(String origin, String host) {
        assertThat(status(LOOPBACK, "/feed", "Host", host, "Origin", origin)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, 127.0.0.1:8080",
        "http://127.0.0.1:8081, 127.0.0.1:8080",
        "http://localhost:8080, 127.0.0.1:8080",
        "null, 127.0.0.1:8080",
        "'', 127.0.0.1:8080",
        "http://bad host, 127.0.0.1:8080"
    })
    void pagesFromElsewhereMayNot(String origin, String host) {
        assertThat(status(LOOPBACK, "/feed", "Host", host, "Origin", origin)).contains(403);
        assertThat(status(WITH_TOKEN, "/feed?token=s3cret", "Host", host, "Origin", origin))
                .contains(403);
    }

    @Test
    void aTokenIsNeededWhereThereIsOne() {
        assertThat(status(WITH_TOKEN, "/")).contains(401);
        assertThat(status(WITH_TOKEN, "/api/spaces?token=wrong")).contains(401);
        assertThat(status(WITH_TOKEN, "/api/spaces", "Authorization", "Bearer wrong"))
                .contains(401);
        assertThat(status(WITH_TOKEN, "/api/spaces", "Authorization", "Basic s3cret"))
                .contains(401);
        assertThat(status(WITH_TOKEN, "/api/spaces", "Cookie", "oriel_token=wrong"))
                .contains(401);
        assertThat(status(WITH_TOKEN, "/api/spaces", "Cookie", "other=s3cret")).contains(401);
    }

    @Test
    void aTokenMayComeAsHeaderParameterOrCookie() {
        assertThat(status(WITH_TOKEN, "/", "Authorization", "Bearer s3cret")).isEmpty();
        assertThat(status(WITH_TOKEN, "/?token=s3cret")).isEmpty();
        assertThat(status(WITH_TOKEN, "/", "Cookie", "a=b; oriel_token=s3cret")).isEmpty();
    }

    @Test
    void healthNeedsNoToken() {
        assertThat(status(WITH_TOKEN, "/healthz")).isEmpty();
        assertThat(status(WITH_TOKEN, "/readyz")).isEmpty();
    }

    @Test
    void noticesATokenInTheAddress() {
        assertThat(WITH_TOKEN.bringsToken(new QueryStringDecoder("/?token=s3cret")))
                .isTrue();
        assertThat(WITH_TOKEN.bringsToken(new QueryStringDecoder("/"))).isFalse();
        assertThat(LOOPBACK.bringsToken(new QueryStringDecoder("/?token=any"))).isFalse();
    }
}
