package io.serai.town;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
