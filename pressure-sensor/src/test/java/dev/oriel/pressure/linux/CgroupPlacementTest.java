package dev.oriel.pressure.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts as real machines give them: what a process is told of its groups, and where they are mounted. */
class CgroupPlacementTest {
    private static final Path ROOT = Path.of("/");

    @Test
    void readsTheMembershipOfAHybridMachine() throws MalformedTextException {
        CgroupMembership member = CgroupMembership.parse("""
                9:name=systemd:/
                8:pids:/
                7:blkio:/
                4:memory:/process_api/c6fc34d4
                1:cpu:/
                0::/
                """);
        assertThat(member.memoryPath()).contains("/process_api/c6fc34d4");
        assertThat(member.unifiedPath()).contains("/");
    }

    @Test
    void readsTheMembershipInOneTreeOnly() throws MalformedTextException {
        assertThat(CgroupMembership.parse("0::/user.slice/user-1000.slice/app-a:b.scope\n"))
                .isEqualTo(new CgroupMembership(
                        Optional.empty(), Optional.of("/user.slice/user-1000.slice/app-a:b.scope")));
        assertThat(CgroupMembership.parse("3:hugetlb,memory:/docker/1\n2:memoryless:/x\n"))
                .isEqualTo(new CgroupMembership(Optional.of("/docker/1"), Optional.empty()));
    }

    @Test
    void doesNotGuessAtABrokenMembership() throws MalformedTextException {
        assertThat(CgroupMembership.parse("").memoryPath()).isEmpty();
        assertThatExceptionOfType(MalformedTextException.class).isThrownBy(() -> CgroupMembership.parse("4:mem"));
    }

    @Test
    void readsTheMountsOfAHybridMachine() throws MalformedTextException {
        CgroupMounts mounts = CgroupMounts.parse("""
                22 27 0:21 / /proc rw,relatime - proc proc rw
                31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
                34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
                35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
                41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
                """, ROOT);
        assertThat(mounts.memory()).containsExactly(new CgroupMount("/", Path.of("/sys/fs/cgroup/memory")));
        assertThat(mounts.unified()).containsExactly(new CgroupMount("/", Path.of("/sys/fs/cgroup/unified")));
    }

    @Test
    void readsTagsAndEscapesInMounts() throws MalformedTextException {
        CgroupMounts mounts = CgroupMounts.parse(
                "41 31 0:38 /a\\040b /mnt/my\\040groups rw shared:4 master:1 - cgroup2 cgroup2 rw\n", ROOT);
        assertThat(mounts.unified()).containsExactly(new CgroupMount("/a b", Path.of("/mnt/my groups")));
    }

    @Test
    void doesNotGuessAtABrokenMountTable() {
        for (String broken : List.of("35 31 0:32 / /sys/fs", "35 31 - cgroup cgroup rw,memory")) {
            assertThatExceptionOfType(MalformedTextException.class).isThrownBy(() -> CgroupMounts.parse(broken, ROOT));
        }
    }
}
