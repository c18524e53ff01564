package dev.oriel.capture;

/** Patterns with {@code *} and {@code ?}. */
final class Glob {

    private Glob() {}

    /* When what follows a star does not fit, the star takes one letter more; only the last star has to be tried again. */
    /** Whether a pattern fits a whole text, in small or capital letters. */
    static boolean matches(String glob, String text) {
        int[] pattern = letters(glob);
        int[] letters = letters(text);
        int star = -1;
        int afterStar = 0;
        int at = 0;
        int letter = 0;
        while (letter < letters.length) {
            if (at < pattern.length && pattern[at] == '*') {
                star = at++;
                afterStar = letter;
            } else if (at < pattern.length && (pattern[at] == '?' || pattern[at] == letters[letter])) {
                at++;
                letter++;
            } else if (star >= 0) {
                at = star + 1;
                letter = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }

    private static int[] letters(String text) {
        return text.codePoints()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .toArray();
    }
}
