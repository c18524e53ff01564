package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelaunchTest {

    private static final Map<String, String> NOTHING = Map.of("PATH", "/bin");

    private static List<String> words(String commandLine) {
        return Relaunch.words(commandLine.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theWordsOfACommandLineAreItsBytesEmptyOnesToo() {
        assertThat(words("java\0-jar\0o.jar\0\0a b\0\0")).containsExactly("java", "-jar", "o.jar", "", "a b", "");
        assertThat(words("ö\0").get(0).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo("ö".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlainStartHasNothingButTheProgramAndItsArguments() {
        assertThat(Relaunch.isPlain(words("java\0-jar\0o.jar\0"), 0, NOTHING)).isTrue();
        assertThat(Relaunch.isPlain(words("/opt/bin/java\0-jar\0o.jar\0serve\0\0"), 2, NOTHING))
                .isTrue();
    }

    @Test
    void anOptionOfAnyKindIsAWishOfItsOwn() {
        for (String option : List.of("-Xmx1g", "-Da=b", "@options", "-cp\0lib")) {
            assertThat(Relaunch.isPlain(words("java\0" + option + "\0-jar\0o.jar\0serve\0"), 1, NOTHING))
                    .as(option)
                    .isFalse();
        }
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            assertThat(Relaunch.isPlain(words("java\0-jar\0o.jar\0"), 0, Map.of(variable, "-Xmx1g")))
                    .as(variable)
                    .isFalse();
        }
    }

    @Test
    void aStartWithoutAJarIsLeftAlone() {
        assertThat(Relaunch.isPlain(words("java\0dev.oriel.gateway.Main\0serve\0"), 1, NOTHING))
                .isFalse();
        assertThat(Relaunch.isPlain(List.of(), 0, NOTHING)).isFalse();
    }
}
