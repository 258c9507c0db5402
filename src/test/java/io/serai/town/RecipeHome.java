package io.serai.town;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A folder for {@code serai.home}: the routes of the repository, and those of a recipe put beside them, as an engineer would. */
public final class RecipeHome {

    private RecipeHome() {}

    /** @param recipe a folder with {@code receive} and {@code deliver}, to be copied into {@code routes} */
    public static Path with(Path recipe) {
        try {
            Path home = Files.createTempDirectory("serai-home");
            copy(Path.of("routes"), home.resolve("routes"));
            copy(recipe, home.resolve("routes"));
            return home;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A town with the channel of the recipe in docs/channels.md, whose far side is this one. */
    public static Town town(FakeNtfy ntfy, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "serai.home", with(Path.of("src/test/resources/recipe")),
                "serai.ntfy.host", ntfy.url().replaceFirst("^http://", ""),
                "serai.ntfy.topics", "everybody",
                "serai.ntfy.period", "100ms"));
        settings.putAll(own);
        return Town.with(settings);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
