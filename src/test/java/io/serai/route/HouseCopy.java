package io.serai.route;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The repository's own files, in a folder where they can be edited. */
final class HouseCopy {

    private HouseCopy() {}

    static void into(Path home) throws IOException {
        for (String folder : new String[] {"routes", "processors", "memory"}) {
            FileSystemUtils.copyRecursively(Path.of(folder), home.resolve(folder));
        }
    }
}
