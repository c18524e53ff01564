package dev.oriel.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How memory is taken.
 *
 * @param megabytes how much in all
 * @param step how many megabytes at once
 * @param interval from the beginning of one step to that of the next
 * @param hold how long it is kept once all is taken
 */
record StressPlan(int megabytes, int step, Duration interval, Duration hold) {

    /* Each megabyte has a few objects on the Java heap. */
    private static final int MOST_MEGABYTES = 100_000;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration TOO_LONG = LONGEST.plusSeconds(1);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}(\\.\\d{1,3})?");

    /**
     * What the texts of the command line mean.
     *
     * @throws SettingsException that names all that are wrong
     */
    static StressPlan parse(String megabytes, String step, String interval, String hold) {
        List<String> wrong = new ArrayList<>();
        StressPlan plan = new StressPlan(
                megabytes("--megabytes", megabytes, wrong),
                megabytes("--step", step, wrong),
                seconds("--interval", interval, SHORTEST_INTERVAL, wrong),
                seconds("--hold", hold, Duration.ZERO, wrong));
        if (!wrong.isEmpty()) {
            throw new SettingsException(wrong);
        }
        return plan;
    }

    private static int megabytes(String option, String text, List<String> wrong) {
        int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST_MEGABYTES) {
            wrong.add(option + " is \"" + text + "\"; allowed: a whole number from 1 to " + MOST_MEGABYTES);
        }
        return number;
    }

    private static Duration seconds(String option, String text, Duration least, List<String> wrong) {
        Duration time = SECONDS.matcher(text).matches() ? Duration.parse("PT" + text + "S") : TOO_LONG;
        if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
            wrong.add(option + " is \"" + text + "\"; allowed: seconds from " + least.toMillis() / 1000.0 + " to "
                    + LONGEST.toSeconds() + ", such as 0.2");
        }
        return time;
    }
}
