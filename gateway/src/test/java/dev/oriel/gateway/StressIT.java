package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./oriel stress} as a user starts it, seen from outside. */
@Timeout(60)
class StressIT {

    private static final Pattern HELD =
            Pattern.compile("(\\d+) of 64 MB held, (\\d+) MB available, (GREEN|YELLOW|RED)\\b.*");
    private static final long MEGABYTE = Ballast.MEGABYTE;

    private static Process start(List<String> before, String... options) throws IOException {
        OrielProcess.prepare();
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(OrielProcess.launcher().toString(), "stress"));
        words.addAll(List.of(options));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** In what a shell runs in the background it is, and in all that is started there. */
    private static boolean isInterruptIgnored() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        return (Long.parseUnsignedLong(status.replaceAll("(?s).*SigIgn:\\s+(\\p{XDigit}+).*", "$1"), 16) & 2) != 0;
    }

    private static long residentMegabytes(Process process) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        return Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1")) / 1024;
    }

    @Test
    void growsByStepsAndGivesAllBack() throws IOException, InterruptedException {
        Optional<LimitedGroup> group = LimitedGroup.make(1L << 30);
        try {
            Process stress = start(
                    group.map(LimitedGroup::enter).orElse(List.of()),
                    "--megabytes",
                    "64",
                    "--step",
                    "16",
                    "--interval",
                    "0.3",
                    "--hold",
                    "0.5");
            List<Long> resident = new ArrayList<>();
            List<Long> available = new ArrayList<>();
            long charged = 0;
            BufferedReader output = stress.inputReader(StandardCharsets.UTF_8);
            for (int held = 16; held <= 64; held += 16) {
                Matcher line = HELD.matcher(output.readLine());
                assertThat(line.matches()).isTrue();
                assertThat(line.group(1)).isEqualTo(Integer.toString(held));
                resident.add(residentMegabytes(stress));
                available.add(Long.parseLong(line.group(2)));
                charged = group.map(LimitedGroup::usageBytes).orElse(0L);
            }
            long atMost = charged;
            assertThat(resident.get(3) - resident.get(0)).isBetween(40L, 64L);
            assertThat(resident).isSorted();
            assertThat(output.readLine()).isEqualTo("released 64 MB");
            assertThat(stress.waitFor()).isEqualTo(Main.OK);
            group.ifPresent(limited -> {
                assertThat(available.get(0) - available.get(3)).isBetween(40L, 64L);
                assertThat(available.get(0)).isLessThan(1024);
                assertThat(atMost - limited.usageBytes()).isGreaterThan(64 * MEGABYTE);
                assertThat(limited.kills()).isZero();
            });
        } finally {
            group.ifPresent(LimitedGroup::close);
        }
    }

    @Test
    void refusesMoreThanItsGroupCanLoseUnlessForced() throws IOException, InterruptedException {
        Optional<LimitedGroup> group = LimitedGroup.make(512 * MEGABYTE);
        org.junit.jupiter.api.Assumptions.assumeTrue(group.isPresent(), "no memory control group can be made here");
        try (LimitedGroup limited = group.orElseThrow()) {
            Process refused = start(limited.enter(), "--megabytes", "510", "--step", "510", "--hold", "0");
            String answer = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(refused.waitFor()).isEqualTo(Main.WRONG_USAGE);
            assertThat(answer)
                    .matches("--megabytes is 510, more than can be lost here; allowed: up to 4\\d\\d, or --force"
                            + " \\(cgroup tells 4\\d\\d MB available, of which 25 have to stay\\)\n");

            Process forced = start(limited.enter(), "--megabytes", "510", "--step", "510", "--hold", "0", "--force");
            forced.getInputStream().readAllBytes();
            assertThat(forced.waitFor()).as("killed, as it was told to").isEqualTo(137);
            assertThat(limited.kills()).isEqualTo(1);
        }
    }

    @Test
    void givesAllBackWhenItIsStoppedAndSaysSo() throws IOException, InterruptedException {
        for (String signal : isInterruptIgnored() ? List.of("TERM") : List.of("TERM", "INT")) {
            Process stress = start(List.of(), "--megabytes", "64", "--step", "16", "--interval", "30");
            BufferedReader output = stress.inputReader(StandardCharsets.UTF_8);
            assertThat(output.readLine()).startsWith("16 of 64 MB held");

            new ProcessBuilder("kill", "-" + signal, Long.toString(stress.pid()))
                    .start()
                    .waitFor();

            assertThat(output.readLine()).isEqualTo("released 16 MB");
            assertThat(stress.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
