package dev.oriel.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The files of the web page, read once. */
final class Dashboard {

    /** One file. */
    record Asset(byte[] bytes, String contentType, String etag) {}

    /** Nothing from elsewhere, no inline script, no frame around it. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "dashboard.css", "text/css; charset=utf-8",
            "dashboard.js", "text/javascript; charset=utf-8",
            "decoder.js", "text/javascript; charset=utf-8",
            "history.js", "text/javascript; charset=utf-8",
            "timeline.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, Asset> assets = new TreeMap<>();

    Dashboard() {
        FILES.forEach((name, contentType) -> assets.put("/" + name, read(name, contentType)));
    }

    /** The file at a path. */
    Optional<Asset> at(String path) {
        return Optional.ofNullable(assets.get(path.equals("/") ? "/index.html" : path));
    }

    private static Asset read(String name, String contentType) {
        try (InputStream file = Dashboard.class.getResourceAsStream("dashboard/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the dashboard lacks " + name);
            }
            byte[] bytes = file.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(bytes);
            return new Asset(bytes, contentType, "\"" + Long.toHexString(sum.getValue()) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
