package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/** The files of a Postgres and how it is run on them. */
record Cluster(Path data, Binaries binaries, Account account) {

    private static final long LOG_BYTES = 1_000_000;

    /** Passwords are 192 random bits, which no slow hash could make harder to guess; the usual 4096 rounds are most of what connecting costs. */
    private static final String PASSWORDS = "scram_iterations=1";

    /** For a small machine; on the command line, where neither a file nor ALTER SYSTEM can turn them off. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            PASSWORDS,
            "max_connections=60",
            "shared_buffers=128MB",
            "work_mem=8MB",
            "effective_cache_size=512MB",
            "random_page_cost=1.1",
            "max_parallel_workers_per_gather=0",
            "jit=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=512MB",
            "autovacuum_naptime=15s",
            // The log is for the life of the server. Errors are the hub's to tell, and a statement or a detail would show what people wrote.
            "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_checkpoints=off");

    /** The folder of the files themselves, mode 0700. */
    Path folder() {
        return data.resolve("postgres");
    }

    Path log() {
        return data.resolve("postgres.log");
    }

    /** Makes an empty one; beside and then moved, so that a hub killed meanwhile leaves no half a cluster. */
    void create() {
        Path fresh = data.resolve("postgres.new");
        Path secret = data.resolve("postgres.password.new");
        try {
            FileSystemUtils.deleteRecursively(fresh);
            Files.deleteIfExists(secret);
            Files.createDirectory(fresh, mode("rwx------"));
            Files.createFile(secret, mode("rw-------"));
            Files.writeString(secret, randomPassword(), StandardOpenOption.SYNC);
            account.own(fresh);
            account.own(secret);
            initialise(fresh, secret);
            Files.move(secret, passwordFile(), StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, folder(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot create a database in " + data, unwritable);
        }
    }

    private void initialise(Path fresh, Path secret) {
        Command.Outcome outcome = new Command(account.command(
                        binaries.program("initdb"), "--pgdata=" + fresh, "--username=postgres", "--pwfile=" + secret,
                        "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C",
                        "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                        "--set=" + PASSWORDS))
                .run();
        if (!outcome.isGood()) {
            throw new DatabaseUnusable("Postgres could not create its files in " + fresh + ":\n" + outcome.output(), "See what it says above.");
        }
    }

    /** Starts a server that lives on its own, away from the terminal, whose Ctrl-C would otherwise end it before the hub has drained. */
    Process start(int port, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("-D", folder().toString(), "-p", String.valueOf(port)));
        SETTINGS.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        more.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        List<String> command = new ArrayList<>(account.command(binaries.program("postgres"), arguments.toArray(String[]::new)));
        if (new Command(List.of("setsid", "true")).run().isGood()) {
            command.add(0, "setsid");
        }
        try {
            account.own(folder());
            if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
                Files.move(log(), data.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return Command.prepared(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start Postgres", refused);
        }
    }

    /** Ends all sessions and stops; what does not stop within half a minute is stopped without a last checkpoint, and recovers at the next start. */
    void stop() {
        if (!stop("fast").isGood()) {
            stop("immediate");
        }
    }

    private Command.Outcome stop(String mode) {
        return new Command(account.command(binaries.program("pg_ctl"), "stop", "-D", folder().toString(), "-m", mode, "-w", "-t", "30")).run();
    }

    /** The process that says it serves these files, when it lives. */
    Optional<ProcessHandle> postmaster() {
        try {
            return Files.exists(pidFile())
                    ? Files.readAllLines(pidFile()).stream().findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of)
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether the file of its number is there and says nothing, as after a power cut. */
    boolean lostItsPostmaster() {
        try {
            return Files.exists(pidFile()) && Files.size(pidFile()) == 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void forgetPostmaster() {
        try {
            Files.delete(pidFile());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    String password() {
        try {
            return Files.readString(passwordFile());
        } catch (IOException unreadable) {
            throw unopened(unreadable);
        }
    }

    /** What to say when the password does not open the database. */
    DatabaseUnusable unopened(Exception why) {
        return new DatabaseUnusable(passwordFile() + " does not open the database in " + folder() + ": " + why.getMessage(),
                "They belong together: restore both from the same copy.", why);
    }

    private Path passwordFile() {
        return data.resolve("postgres.password");
    }

    private Path pidFile() {
        return folder().resolve("postmaster.pid");
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return System.getProperty("os.name").startsWith("Windows")
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))};
    }
}
