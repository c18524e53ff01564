package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private static final Map<String, String> FILES = Map.of(
            "/index.html", "text/html; charset=utf-8",
            "/dashboard.css", "text/css; charset=utf-8",
            "/dashboard.js", "text/javascript; charset=utf-8",
            "/decoder.js", "text/javascript; charset=utf-8",
            "/history.js", "text/javascript; charset=utf-8",
            "/timeline.js", "text/javascript; charset=utf-8",
            "/icon.svg", "image/svg+xml");

    private final Dashboard dashboard = new Dashboard();

    private String text(String path) {
        return new String(dashboard.at(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> named(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void hasAllItsFiles() {
        FILES.forEach((path, type) -> assertThat(dashboard.at(path)).as(path).hasValueSatisfying(asset -> {
            assertThat(asset.bytes()).isNotEmpty();
            assertThat(asset.contentType()).isEqualTo(type);
            assertThat(asset.etag()).matches("\"[0-9a-f]+\"");
        }));
    }

    @Test
    void theRootIsThePage() {
        assertThat(dashboard.at("/")).isEqualTo(dashboard.at("/index.html")).isPresent();
    }

    @Test
    void filesDifferInTheirTags() {
        assertThat(FILES.keySet().stream()
                        .map(path -> dashboard.at(path).orElseThrow().etag()))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasNothingElse() {
        assertThat(dashboard.at("/logging.properties")).isEmpty();
        assertThat(dashboard.at("/../logging.properties")).isEmpty();
        assertThat(dashboard.at("/Dashboard.class")).isEmpty();
        assertThat(dashboard.at("")).isEmpty();
    }

    @Test
    void everyFileThatAFileNamesIsThere() {
        for (String path : FILES.keySet()) {
            for (String name : named("[A-Za-z0-9_./-]+\\.(?:html|css|js|mjs|svg|png|woff2)\\b", text(path))) {
                assertThat(dashboard.at("/" + name.replaceFirst("^\\./", "")))
                        .as(path + " names " + name)
                        .isPresent();
            }
        }
    }

    @Test
    void thePageHasNoInlineScriptOrStyle() {
        String page = text("/");

        assertThat(named("<script\\b[^>]*>[^<]*</script>", page))
                .isNotEmpty()
                .allSatisfy(script -> assertThat(script).contains(" src=").endsWith("></script>"));
        assertThat(page).doesNotContainIgnoringCase("<style");
        assertThat(named("(?i)\\sstyle\\s*=", page)).isEmpty();
        assertThat(named("(?i)\\son[a-z]+\\s*=", page)).isEmpty();
        assertThat(page).doesNotContainIgnoringCase("javascript:");
    }

    @Test
    void nothingComesFromElsewhere() {
        for (String path : FILES.keySet()) {
            assertThat(named("(?:https?:)?//[a-z0-9.-]+\\.[a-z]{2,}", text(path)))
                    .as(path)
                    .allSatisfy(address -> assertThat(address).isEqualTo("http://www.w3.org"));
        }
    }

    @Test
    void thePolicyAllowsOnlyWhatIsItsOwn() {
        assertThat(Dashboard.CONTENT_SECURITY_POLICY)
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .contains("worker-src 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "*");
    }
}
