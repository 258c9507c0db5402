package io.serai.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the files of a folder look (time, size, place on the disk), and what was read of those that look as they did before. A look is believed only where
 * it tells the truth:
 *
 * <ul>
 *   <li>once a file has looked the same for a while, by our own clock: two writes within one tick of a file system (2 s on FAT) look the same;
 *   <li>on a file system of this machine: from afar a look may be up to a minute old (nfs(5), acregmax), while whoever opens a file is told the truth,
 *       and of what is shared with a container or a virtual machine nobody knows.
 * </ul>
 */
final class Looks {

    private static final Duration TICK = Duration.ofSeconds(3);
    private static final Set<String> OURS = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay", "apfs");

    private record Look(Object place, FileTime modified, long size) {

        static Look of(BasicFileAttributes attributes) {
            return new Look(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    private enum Trust {
        NOT_YET, YES, NEVER
    }

    /** @param since by {@link System#nanoTime()} */
    private record Known(Look look, long since, String text, Trust trust) {

        Known rested(Path file) {
            boolean still = trust == Trust.NOT_YET && System.nanoTime() - since > TICK.toNanos();
            return still ? new Known(look, since, text, isOurs(file) ? Trust.YES : Trust.NEVER) : this;
        }

        private static boolean isOurs(Path file) {
            try {
                return OURS.contains(Files.getFileStore(file).type());
            } catch (IOException unknown) {
                return false; // as in a chroot without /proc: then it is read each time
            }
        }
    }

    private final Map<Path, Known> before;
    private final Map<Path, Known> now = new HashMap<>();

    /** Nothing is known. */
    Looks() {
        before = Map.of();
    }

    Looks(Looks former) {
        before = former.now;
    }

    /** What a file says, if that need not be read. */
    Optional<String> text(Path file, BasicFileAttributes attributes) {
        Known known = before.get(file);
        if (known == null || known.trust() != Trust.YES || !known.look().equals(Look.of(attributes))) {
            return Optional.empty();
        }
        now.put(file, known);
        return Optional.of(known.text());
    }

    /** @param attributes from before it was read: what is written meanwhile looks otherwise the next time */
    void read(Path file, BasicFileAttributes attributes, String text) {
        var look = Look.of(attributes);
        Known known = before.get(file);
        boolean same = known != null && known.look().equals(look) && known.text().equals(text);
        now.put(file, same ? known.rested(file) : new Known(look, System.nanoTime(), text, Trust.NOT_YET));
    }
}
