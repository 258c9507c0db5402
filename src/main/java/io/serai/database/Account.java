package io.serai.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account Postgres runs under. Postgres refuses to run as root, so that root has to become somebody else for it.
 *
 * @param way how a command is put so that it runs under this account
 * @param owner the user id that the files must belong to; {@link #OURS} when they belong to the hub's own account
 */
record Account(String name, UnaryOperator<List<String>> way, int owner) {

    static final int OURS = -1;
    private static final int NOBODY = 65534;

    /**
     * The first account that can run these binaries; they lie in the data folder, so that whoever reaches them reaches the data.
     *
     * @throws DatabaseUnusable when there is none
     */
    static Account able(Path data, Binaries binaries) {
        List<String> version = List.of(binaries.program("postgres").toString(), "--version");
        List<String> refusals = new ArrayList<>();
        for (Account account : isRoot() ? waysOutOfRoot() : List.of(new Account("own", UnaryOperator.identity(), OURS))) {
            account.mayPass(data);
            Command.Outcome outcome = new Command(account.way.apply(version)).run();
            if (outcome.isGood()) {
                return account;
            }
            refusals.add(account.name + " (" + outcome.output() + ")");
        }
        String tried = String.join(", ", refusals);
        throw isRoot()
                ? new DatabaseUnusable(
                        "Postgres does not run as root, and no way to another account works here: " + tried + ".",
                        "Start the hub as an ordinary user, or give it a serai.home whose folders others may enter (and setpriv, of package util-linux),"
                                + " or set SERAI_DB_URL to the JDBC URL of a server.")
                : new DatabaseUnusable(
                        "The Postgres of this build does not run here: " + tried + ".",
                        "On Alpine Linux build with -Palpine; elsewhere set SERAI_DB_URL to the JDBC URL of a server.");
    }

    List<String> command(Path program, String... arguments) {
        return way.apply(Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList());
    }

    /** Makes a file or a folder with all that is in it belong to this account; the folder last, so that half a change is done again. */
    void own(Path tree) {
        if (!isRoot()) {
            return;
        }
        int user = owner == OURS ? 0 : owner;
        try (Stream<Path> files = Files.walk(tree)) {
            if (Files.getAttribute(tree, "unix:uid").equals(user)) {
                return;
            }
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot give " + tree + " to user " + user, refused);
        }
    }

    /** Lets this account pass through a folder of root's to what belongs to it. */
    private void mayPass(Path folder) {
        if (owner == OURS) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, permissions);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot open " + folder + " to user " + owner, refused);
        }
    }

    static boolean isRoot() {
        return !System.getProperty("os.name").startsWith("Windows") && new UnixSystem().getUid() == 0;
    }

    /**
     * From the cleanest to the last resort: a user namespace of its own, in which root is nobody in the eyes of Postgres and still passes through folders
     * such as a {@code /root} of mode 0700.
     */
    private static List<Account> waysOutOfRoot() {
        String user = String.valueOf(NOBODY);
        List<String> setpriv = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
        return List.of(
                new Account("setpriv", command -> join(setpriv, command), NOBODY),
                new Account("su", command -> List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec " + quoted(command)), NOBODY),
                new Account("unshare", command -> join(List.of("unshare", "--user"), command), OURS));
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }
}
