package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a hub that was killed left running. Whoever holds the lock of the data folder may end every process that runs its binaries: nobody else
 * uses them.
 */
record Leftovers(Path data) {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Ends them, and removes a {@code postmaster.pid} that would stop Postgres from starting: with the number of somebody else's process, or with none. */
    void clear(Cluster cluster) {
        Optional<ProcessHandle> postmaster = cluster.postmaster().filter(this::isOurs);
        if (postmaster.isPresent()) {
            log.info("Stopping the Postgres (process {}) of a hub that did not stop it", postmaster.get().pid());
            cluster.stop();
        }
        List<ProcessHandle> rest;
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            rest = processes.filter(this::isOurs).toList();
        }
        rest.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(rest.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (cluster.lostItsPostmaster() || cluster.postmaster().filter(process -> !isOurs(process)).isPresent()) {
            cluster.forgetPostmaster();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        String binaries = data.resolve(Binaries.FOLDERS).toString();
        return process.info().command().or(() -> arguments(process)).filter(command -> command.startsWith(binaries)).isPresent();
    }

    /** In a container root may lack the right to see the program of another account's process, but may always read its arguments. */
    private static Optional<String> arguments(ProcessHandle process) {
        Path file = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
