package dev.oriel.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets in whom it may: a loopback server answers to loopback names only, so that no other name can be pointed at it;
 * pages of other origins are refused; and where there is a token, it has to be given.
 */
final class RequestGuard {

    static final String TOKEN_COOKIE = "oriel_token";
    private static final String TOKEN_PARAMETER = "token";
    private static final String BEARER = "Bearer ";
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> OPEN_PATHS = Set.of("/healthz", "/readyz");

    private final Set<String> names;
    private final Optional<String> token;

    /**
     * Makes a guard.
     *
     * @param address the server listens on
     * @param token that clients have to give; empty for none
     */
    RequestGuard(InetAddress address, Optional<String> token) {
        this.names = address.isLoopbackAddress() ? loopbackNames(address) : Set.of();
        this.token = token;
    }

    /** What is wrong with a request; empty if it may pass. */
    Optional<Problem> refuse(HttpHeaders headers, QueryStringDecoder uri) {
        String host = headers.get(HttpHeaderNames.HOST, "");
        if (!names.isEmpty() && !names.contains(withoutPort(host).toLowerCase(Locale.ROOT))) {
            return Optional.of(forbidden(
                    "Host is \"" + host + "\"; this server answers to " + String.join(", ", new TreeSet<>(names))));
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !isOriginOf(origin, host)) {
            return Optional.of(forbidden("Origin is \"" + origin + "\"; only pages of this server may ask"));
        }
        if (isFromAnotherSite(headers, uri)) {
            return Optional.of(forbidden("Sec-Fetch-Site is \"" + headers.get(FETCH_SITE)
                    + "\"; pages of other sites may lead here, but not show what is here"));
        }
        if (token.isPresent() && !OPEN_PATHS.contains(uri.path()) && !hasToken(headers, uri)) {
            return Optional.of(Problem.of(
                    HttpResponseStatus.UNAUTHORIZED,
                    "a token is needed: as \"Authorization: Bearer TOKEN\" or as ?token=TOKEN"));
        }
        return Optional.empty();
    }

    private static Set<String> loopbackNames(InetAddress address) {
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(nameOf(address))
                ? Set.of("localhost", "127.0.0.1", "[::1]")
                : Set.of("localhost", nameOf(address));
    }

    /** An address as it stands in a URL that opens on this machine. */
    static String nameOf(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        if (address instanceof Inet6Address) {
            return address.isLoopbackAddress() ? "[::1]" : "[" + address.getHostAddress() + "]";
        }
        return address.getHostAddress();
    }

    /** Browsers say where a request comes from; following a link to the dashboard is fine, embedding a picture is not. */
    private static boolean isFromAnotherSite(HttpHeaders headers, QueryStringDecoder uri) {
        String site = headers.get(FETCH_SITE, "none");
        boolean isLink = uri.path().equals("/") && "navigate".equals(headers.get("Sec-Fetch-Mode"));
        return !isLink && (site.equals("cross-site") || site.equals("same-site"));
    }

    /** Whether the request brought the token in its address, so that a page may be given a cookie for what follows. */
    boolean bringsToken(QueryStringDecoder uri) {
        return token.isPresent() && uri.parameters().containsKey(TOKEN_PARAMETER);
    }

    Optional<String> token() {
        return token;
    }

    private static Problem forbidden(String detail) {
        return Problem.of(HttpResponseStatus.FORBIDDEN, detail);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isOriginOf(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean hasToken(HttpHeaders headers, QueryStringDecoder uri) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        if (authorization.startsWith(BEARER) && matches(authorization.substring(BEARER.length()))) {
            return true;
        }
        List<String> parameters = uri.parameters().getOrDefault(TOKEN_PARAMETER, List.of());
        return parameters.stream().anyMatch(this::matches)
                || ServerCookieDecoder.STRICT.decode(headers.get(HttpHeaderNames.COOKIE, "")).stream()
                        .anyMatch(cookie -> cookie.name().equals(TOKEN_COOKIE) && matches(cookie.value()));
    }

    private boolean matches(String given) {
        return token.isPresent()
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.get().getBytes(StandardCharsets.UTF_8));
    }
}
