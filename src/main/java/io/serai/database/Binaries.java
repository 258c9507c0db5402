package io.serai.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The programs of Postgres, from the jar that Maven chose for this platform, unpacked once into the data folder. */
record Binaries(Path folder) {

    static final String FOLDERS = "postgres-bin-";

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Unpacks what is not unpacked yet; what an earlier version left is removed. */
    static Binaries in(Path data) {
        try {
            URL archive = find();
            Path folder = data.resolve(FOLDERS + mark(archive));
            if (!Files.isDirectory(folder)) {
                unpack(archive, folder);
            }
            return new Binaries(folder.toRealPath());
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot unpack Postgres into " + data, unwritable);
        }
    }

    /** What tells an archive from that of another version without reading it: its length, and the checksum that the jar keeps of it. */
    private static String mark(URL archive) throws IOException {
        URLConnection entry = archive.openConnection();
        long checksum = entry instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : entry.getLastModified();
        return Long.toHexString(checksum) + "-" + entry.getContentLengthLong();
    }

    /** Unpacked beside and then moved, so that a hub killed meanwhile leaves no half a Postgres. */
    private static void unpack(URL archive, Path folder) throws IOException {
        Path data = folder.getParent();
        try (Stream<Path> siblings = Files.list(data)) {
            for (Path old : siblings.filter(Binaries::isFolder).toList()) {
                FileSystemUtils.deleteRecursively(old);
            }
        }
        Path file = data.resolve("postgres.txz");
        try (InputStream packed = archive.openStream()) {
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        new Archive(file).unpack(fresh);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
    }

    static boolean isFolder(Path folder) {
        return folder.getFileName().toString().startsWith(FOLDERS);
    }

    /** The archive on the classpath. */
    static URL find() {
        String platform = platform();
        return Stream.of("postgres-" + platform + ".txz", "postgres-" + platform + "-alpine_linux.txz")
                .map(name -> Binaries.class.getResource("/" + name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new DatabaseUnusable(
                        "This build carries no Postgres for " + platform + ".",
                        "Build on this platform (pom.xml has a profile for each), or set SERAI_DB_URL to the JDBC URL of a server."));
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return (system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system)
                + (List.of("aarch64", "arm64").contains(processor) ? "-arm_64" : "-x86_64");
    }
}
