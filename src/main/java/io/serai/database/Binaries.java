package io.serai.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
            Path folder = data.resolve(FOLDERS + hash(archive));
            if (!Files.isDirectory(folder)) {
                unpack(archive, folder);
            }
            return new Binaries(folder.toRealPath());
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot unpack Postgres into " + data, unwritable);
        }
    }

    private static String hash(URL archive) throws IOException {
        try (InputStream packed = archive.openStream(); DigestInputStream digest = new DigestInputStream(packed, sha256())) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest(), 0, 6);
        }
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
