package io.serai.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * The kill test on the operator's own machine: {@code java -jar serai.jar verify [kills]}. It starts this very program with an embedded database in a
 * folder that is thrown away, speaks to it from loopback, kills it again and again, and prints the audit. What runs here otherwise is not touched.
 */
public final class VerifyCommand {

    private static final int KILLS = 5;
    private static final int MOST = 10_000;

    private final PrintStream out;

    public VerifyCommand(PrintStream out) {
        this.out = out;
    }

    /** @return the exit code: 0 all promises hold, 1 one is broken, 2 not understood */
    public int run(List<String> arguments) {
        String kills = arguments.isEmpty() ? String.valueOf(KILLS) : arguments.getFirst();
        if (arguments.size() > 1 || !kills.matches("\\d{1,5}") || Integer.parseInt(kills) > MOST) {
            out.println("verify [kills]      how often to kill, at most " + MOST + "; " + KILLS + " unless said otherwise");
            return 2;
        }
        List<String> blows = new ArrayList<>(Collections.nCopies(Integer.parseInt(kills), Siege.KILL));
        blows.add(Siege.TERMINATE);
        return verify(Plan.of("kill -9 at random, one SIGTERM", 1, blows));
    }

    private int verify(Plan plan) {
        try {
            Path home = Files.createTempDirectory("serai-verify");
            boolean holds = besiege(plan, home);
            if (holds) {
                FileSystemUtils.deleteRecursively(home);
            }
            out.println(holds ? "All promises hold." : "A promise is broken: please report it with what stands above. The hub and its data are kept in " + home);
            return holds ? 0 : 1;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private boolean besiege(Plan plan, Path home) {
        try (Siege siege = new Siege(plan, new Camp(home, null), out::println)) {
            Outcome outcome = siege.run();
            out.print(outcome.report());
            return outcome.holds();
        }
    }
}
