package dev.oriel.pressure.linux;

import java.util.List;
import java.util.Optional;

/**
 * The groups a process is in, as {@code /proc/self/cgroup} tells them: the one that counts memory in a version 1 tree
 * and the one in the version 2 tree. A hybrid machine has both.
 */
record CgroupMembership(Optional<String> memoryPath, Optional<String> unifiedPath) {

    static CgroupMembership parse(String text) throws MalformedTextException {
        Optional<String> memory = Optional.empty();
        Optional<String> unified = Optional.empty();
        for (String line : text.lines().toList()) {
            // Hierarchy, controllers and path; colons may stand in the path.
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first < 0 || second < 0) {
                throw new MalformedTextException("cgroup membership: no two colons in a line");
            }
            String controllers = line.substring(first + 1, second);
            String path = line.substring(second + 1);
            if (line.startsWith("0:") && controllers.isEmpty()) {
                unified = Optional.of(path);
            } else if (List.of(controllers.split(",")).contains("memory")) {
                memory = Optional.of(path);
            }
        }
        return new CgroupMembership(memory, unified);
    }
}
