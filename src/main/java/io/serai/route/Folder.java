package io.serai.route;

import io.serai.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.core.io.Resource;

/**
 * The folders {@code routes}, {@code processors}, {@code memory/layers} and {@code memory/prompts}, read whole; from the jar where there is none on
 * disk.
 */
final class Folder {

    /** By the folder: how its files end. */
    static final Map<String, String> KINDS =
            new TreeMap<>(Map.of("routes", ".yaml", "processors", ".kamelet.yaml", "memory/layers", ".sql", "memory/prompts", ".md"));

    private final Home home;
    private Map<String, String> packaged;
    private Looks looks = new Looks();

    Folder(Home home) {
        this.home = home;
    }

    FileSet read() {
        return gather(new Looks());
    }

    /** The same, but files that look as they did are not read again; for who looks often, one thread alone. */
    FileSet glance() {
        var now = new Looks(looks);
        FileSet files = gather(now);
        looks = now;
        return files;
    }

    private FileSet gather(Looks present) {
        Map<String, String> texts = new TreeMap<>();
        List<Fault> faults = new ArrayList<>();
        KINDS.forEach((folder, ending) -> home.folder(folder).ifPresentOrElse(
                path -> walk(path, new Gathering(folder, path, ending, present, texts, faults),
                        why -> faults.add(Fault.at(folder, 1, "cannot be read: " + why, null))),
                () -> texts.putAll(packaged(folder, ending))));
        return new FileSet(texts, faults);
    }

    /** Whether everything comes from the jar. */
    boolean isPackaged() {
        return KINDS.keySet().stream().noneMatch(folder -> home.folder(folder).isPresent());
    }

    /** Whether a path is one that this folder could hold. */
    static boolean isPath(String file) {
        return !file.contains("..") && !file.contains("\\") && !file.contains("//") && KINDS.entrySet().stream().anyMatch(kind ->
                file.matches(java.util.regex.Pattern.quote(kind.getKey()) + "/[A-Za-z0-9][A-Za-z0-9._/-]*"
                        + java.util.regex.Pattern.quote(kind.getValue())));
    }

    /** @throws Unwritable when what the jar carries, or a folder that may only be read (as docker-compose.yml mounts it), would have to be written */
    void requireWritable(String file) {
        String top = file.substring(0, file.indexOf('/'));
        if (home.folder(top).isEmpty()) {
            throw new Unwritable("The files come from the jar. Copy its folder " + top + " beside it to edit them.");
        }
        Path parent = path(file).getParent();
        while (Files.notExists(parent)) {
            parent = parent.getParent();
        }
        if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new Unwritable("The hub may only read the folder " + top + ": edit the file where it comes from.");
        }
    }

    /** Writes a file as a whole, so that nobody ever reads half of it, for those who could read it before; null deletes it. */
    void write(String file, String text) throws IOException {
        Path path = path(file);
        if (text == null) {
            Files.deleteIfExists(path);
            return;
        }
        Files.createDirectories(path.getParent());
        Path whole = path.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            if (Files.exists(path)) {
                Files.copy(path, whole, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.writeString(whole, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.DSYNC);
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private Path path(String file) {
        return home.folder(file.substring(0, file.indexOf('/'))).orElseThrow().getParent().resolve(file);
    }

    private static void walk(Path path, Gathering gathering, Consumer<String> moved) {
        if (!Files.isDirectory(path)) {
            return;
        }
        try {
            Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, gathering);
        } catch (IOException gone) {
            moved.accept(gone.getMessage());
        }
    }

    private synchronized Map<String, String> packaged(String folder, String ending) {
        if (packaged == null) {
            packaged = new TreeMap<>();
        }
        if (packaged.keySet().stream().noneMatch(file -> file.startsWith(folder + "/"))) {
            for (Resource file : home.files(folder, "**/*" + ending)) {
                packaged.put(path(folder, file), content(file));
            }
        }
        Map<String, String> found = new TreeMap<>(packaged);
        found.keySet().removeIf(file -> !file.startsWith(folder + "/"));
        return found;
    }

    private static String path(String folder, Resource file) {
        try {
            String address = file.getURL().toString();
            return address.substring(address.lastIndexOf("/" + folder + "/") + 1);
        } catch (IOException unnamed) {
            throw new UncheckedIOException(unnamed);
        }
    }

    private static String content(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
