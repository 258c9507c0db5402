package io.serai.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessResourceFailureException;

/** Where hubs live during a siege: a folder with the routes of this program and those of the proof, and a database. */
final class Camp {

    private final Path home;
    private final Books shared;

    /** @param shared a database for all hubs, or null: the hub has its own, embedded */
    Camp(Path home, Books shared) {
        this.home = home;
        this.shared = shared;
        pitch("routes");
        pitch("proof/routes");
    }

    List<Hub> hubs(int number, String far, Map<String, String> settings) {
        if (shared == null && number > 1) {
            throw new IllegalArgumentException("an embedded database has one hub");
        }
        return IntStream.rangeClosed(1, number).mapToObj(i -> new Hub(String.valueOf(i), home, environment(far, settings))).toList();
    }

    Books books() {
        return shared == null ? Books.of(home.resolve("data")) : shared;
    }

    boolean isUp() {
        return knows("select 1");
    }

    /** Whether the books can be read, and there is such a row in them. */
    boolean knows(String sql, Object... parameters) {
        try {
            return !books().read(sql, parameters).isEmpty();
        } catch (DataAccessResourceFailureException away) {
            return false;
        }
    }

    /** Sends a signal to the embedded server. */
    void strikeDatabase(String signal) {
        try {
            String pid = Files.readAllLines(home.resolve("data/postgres/postmaster.pid")).getFirst().strip();
            new ProcessBuilder("kill", "-" + signal, pid).start().onExit().join();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Saves a route that is in use, so that its next version follows it. */
    void edit() {
        try {
            Files.writeString(home.resolve("routes/deliver/proof-safe.yaml"), "# edited %s\n".formatted(Instant.now()), StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Takes what is left of the disk. */
    void fill() {
        byte[] block = new byte[1 << 16];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            ballast().toFile().deleteOnExit();
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    private Path ballast() {
        return home.resolve("ballast");
    }

    private Map<String, String> environment(String far, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "SERAI_PROOF_FAR", far.replaceFirst("^http://", ""),
                "SERAI_MODELS_MAIN_BASE_URL", far + "/v1",
                "SERAI_MODELS_MAIN_NAME", "proof",
                "SERAI_ANSWER_DEBOUNCE_DEFAULT", "50ms",
                "SERAI_ANSWER_RETRY", "1s,2s,3s",
                "SERAI_DELIVER_RETRY", "1s,1s,2s,2s,3s,3s,5s,5s",
                "SERAI_PROFILE_EXTRACTION", "off",
                "SERAI_SUMMARY_EVERY", "0"));
        all.putAll(Customers.hooks());
        settings.forEach((name, value) -> all.put(name, value.replace("FAR", far.replaceFirst("^http://", ""))));
        if (shared != null) {
            all.putAll(Map.of("SERAI_DB_URL", shared.url(), "SERAI_DB_USER", shared.user(), "SERAI_DB_PASSWORD", shared.password()));
        }
        return all;
    }

    private void pitch(String folder) {
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "/**/*.yaml")) {
                String path = file.getURL().getPath();
                Path target = home.resolve("routes").resolve(path.substring(path.lastIndexOf("/" + folder + "/") + folder.length() + 2));
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot make a home in " + home, unwritable);
        }
    }
}
