package dev.oriel.pressure.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the trees of groups are mounted, as {@code /proc/self/mountinfo} tells it.
 *
 * @param memory mounts of a version 1 tree that counts memory
 * @param unified mounts of the version 2 tree
 */
record CgroupMounts(List<CgroupMount> memory, List<CgroupMount> unified) {

    /** Takes mount points relative to a root directory, {@code /} on a real machine. */
    static CgroupMounts parse(String text, Path root) throws MalformedTextException {
        List<CgroupMount> memory = new ArrayList<>();
        List<CgroupMount> unified = new ArrayList<>();
        for (String line : text.lines().toList()) {
            // A varying number of fields comes before the dash; a line is:
            // id parent device root point options [tag...] - type source options
            int dash = line.indexOf(" - ");
            if (dash < 0) {
                throw new MalformedTextException("mount table: no dash in a line");
            }
            String[] place = line.substring(0, dash).split(" ");
            String[] kind = line.substring(dash + 3).split(" ");
            if (place.length < 6 || kind.length < 3) {
                throw new MalformedTextException("mount table: too few fields in a line");
            }
            if (kind[0].equals("cgroup2")) {
                unified.add(mount(place, root));
            } else if (kind[0].equals("cgroup") && List.of(kind[2].split(",")).contains("memory")) {
                memory.add(mount(place, root));
            }
        }
        return new CgroupMounts(memory, unified);
    }

    private static CgroupMount mount(String[] place, Path root) {
        return new CgroupMount(
                unescape(place[3]), root.resolve(unescape(place[4]).substring(1)));
    }

    /* Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits. */
    private static String unescape(String field) {
        StringBuilder plain = new StringBuilder(field);
        for (int at = plain.indexOf("\\"); at >= 0 && at + 4 <= plain.length(); at = plain.indexOf("\\", at + 1)) {
            char meant = (char) Integer.parseInt(plain.substring(at + 1, at + 4), 8);
            plain.replace(at, at + 4, String.valueOf(meant));
        }
        return plain.toString();
    }
}
