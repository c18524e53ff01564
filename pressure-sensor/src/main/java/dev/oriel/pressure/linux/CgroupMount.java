package dev.oriel.pressure.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place where a tree of groups is mounted.
 *
 * @param root the group that shows up at the mount point: {@code /} unless a container sees a part of the tree only
 * @param point the mount point
 */
record CgroupMount(String root, Path point) {

    boolean covers(String groupPath) {
        return root.equals("/") || groupPath.equals(root) || groupPath.startsWith(root + "/");
    }

    /**
     * The directories from the mount point down to a group. A container may be told a path that its mount does not have;
     * then they end at the nearest ancestor that is there, which may be the mount point itself.
     */
    List<Path> lineage(String groupPath) {
        List<Path> lineage = new ArrayList<>(List.of(point));
        Path directory = point;
        for (String name : below(groupPath).split("/")) {
            directory = directory.resolve(name);
            // Two dots stand for a group outside the part of the tree that the container may see.
            if (name.equals("..") || !Files.isDirectory(directory)) {
                break;
            }
            if (!name.isEmpty()) {
                lineage.add(directory);
            }
        }
        return lineage;
    }

    private String below(String groupPath) {
        if (root.equals("/")) {
            return groupPath;
        }
        return covers(groupPath) ? groupPath.substring(root.length()) : "";
    }
}
