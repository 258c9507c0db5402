package io.serai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Where the hub lives: the folders {@code routes}, {@code processors} and {@code memory} that people edit, and {@code data} that is its own.
 *
 * <p>Each of the three is taken from {@code serai.home} when it is there, and otherwise from the jar, which carries them as its defaults. Once a set of
 * files was rehearsed ({@code io.serai.route}), {@link #text} tells of that set and not of what lies in the folder meanwhile.
 */
@Component
public class Home {

    private final Path home;
    private final Map<String, String> packaged = new ConcurrentHashMap<>();
    private final PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
    private volatile Map<String, String> live = Map.of();

    public Home(@Value("${serai.home:.}") String home) {
        this.home = Path.of(home).toAbsolutePath().normalize();
    }

    /** The folder of what the hub writes itself. */
    public Path data() {
        return home.resolve("data");
    }

    /** A folder as a location that Spring, Camel and Flyway understand: {@code file:/srv/serai/routes} or {@code classpath:routes}. */
    public String location(String folder) {
        return isOnDisk(folder) ? "file:" + home.resolve(folder) : "classpath:" + folder;
    }

    /** A folder on disk, when it is there. */
    public Optional<Path> folder(String name) {
        return isOnDisk(name) ? Optional.of(home.resolve(name)) : Optional.empty();
    }

    /** Has these texts told, by their paths, until others go live. */
    public void goLive(Map<String, String> texts) {
        live = Map.copyOf(texts);
    }

    /** All files of a folder that match, by their path. */
    public List<Resource> files(String folder, String pattern) {
        try {
            return Arrays.stream(resolver.getResources(location(folder) + "/" + pattern))
                    .sorted(Comparator.comparing(Home::path))
                    .toList();
        } catch (IOException absent) {
            throw new UncheckedIOException("cannot read " + location(folder), absent);
        }
    }

    /** Whether there is such a file. */
    public boolean has(String file) {
        return live.containsKey(file) || resource(file).exists();
    }

    /** The text of a file as it went live; of one that nobody rehearses as it is on disk now. */
    public String text(String file) {
        String rehearsed = live.get(file);
        if (rehearsed != null) {
            return rehearsed;
        }
        return isOnDisk(file) ? read(file) : packaged.computeIfAbsent(file, this::read);
    }

    private String read(String file) {
        try {
            return resource(file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + " in " + location(file.substring(0, file.indexOf('/'))), unreadable);
        }
    }

    private Resource resource(String file) {
        int slash = file.indexOf('/');
        return resolver.getResource(location(file.substring(0, slash)) + file.substring(slash));
    }

    private boolean isOnDisk(String folder) {
        return Files.isDirectory(home.resolve(folder.contains("/") ? folder.substring(0, folder.indexOf('/')) : folder));
    }

    private static String path(Resource resource) {
        try {
            return resource.getURL().getPath();
        } catch (IOException unnamed) {
            throw new UncheckedIOException(unnamed);
        }
    }
}
