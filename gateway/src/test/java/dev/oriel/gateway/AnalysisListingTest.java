package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.cache.FrameCache;
import dev.oriel.cache.FrameCacheSettings;
import dev.oriel.capture.DrawnFrames;
import dev.oriel.capture.Frame;
import dev.oriel.capture.Pixels;
import dev.oriel.capture.SpaceId;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Compiles and runs the listing of docs/analysis-cache.md. */
class AnalysisListingTest {

    private static final Pattern LISTING = Pattern.compile("(?s)```java\n(.+?)```");

    @TempDir
    private Path folder;

    @Test
    void theListingAnswersAQuestionAndLetsGoOfThePicture() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {compiled().toUri().toURL()}, getClass().getClassLoader());
                FrameCache frames = FrameCache.open(FrameCacheSettings.defaults(), Clock.systemUTC())) {
            Constructor<?> constructor = loader.loadClass("Vision").getDeclaredConstructor();
            constructor.setAccessible(true);
            try (AutoCloseable vision = (AutoCloseable) constructor.newInstance()) {
                String first = buttons(vision, frames, 85);
                assertThat(first).startsWith("a button under ");
                assertThat(buttons(vision, frames, 60)).as("of a smaller JPEG").isEqualTo(first);
            }
            assertThat(frames.stats().chargedBytes()).isZero();
        }
    }

    private static String buttons(AutoCloseable vision, FrameCache frames, int percent) throws Exception {
        Method ask = vision.getClass().getDeclaredMethod("buttons", Frame.class);
        ask.setAccessible(true);
        Pixels pixels = Pixels.desktop(320, 200);
        try (Frame frame = DrawnFrames.of(frames.memory(), new SpaceId("a"), pixels, percent)) {
            return String.valueOf(((Mono<?>) ask.invoke(vision, frame)).block(Duration.ofSeconds(10)));
        }
    }

    private Path compiled() throws Exception {
        Path document = OrielProcess.launcher().resolveSibling("docs/analysis-cache.md");
        Matcher listing = LISTING.matcher(Files.readString(document));
        assertThat(listing.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Vision.java"), listing.group(1));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options =
                List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString(), "-proc:none");
        boolean success = compiler.getTask(
                        complaints,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(success).as(complaints.toString()).isTrue();
        return folder;
    }
}
