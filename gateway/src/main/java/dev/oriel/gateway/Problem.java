package dev.oriel.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * An answer that says what is wrong, as {@code application/problem+json}.
 *
 * @param type always {@code about:blank}: the status says what kind it is
 * @param detail names the thing, its value and what is allowed
 */
record Problem(String type, String title, int status, String detail) {

    static Problem of(HttpResponseStatus status, String detail) {
        return new Problem("about:blank", status.reasonPhrase(), status.code(), detail);
    }

    static Problem notFound(String detail) {
        return of(HttpResponseStatus.NOT_FOUND, detail);
    }

    static Problem badRequest(String detail) {
        return of(HttpResponseStatus.BAD_REQUEST, detail);
    }

    static Problem unavailable(String detail) {
        return of(HttpResponseStatus.SERVICE_UNAVAILABLE, detail);
    }
}
