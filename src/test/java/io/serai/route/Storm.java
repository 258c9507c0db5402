package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.Town;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;

/**
 * Many reloads while messages pass: each message must come out once, in order, by some version.
 *
 * <p>By hand: {@code Storm <reloads> <messages a second>}; it also measures how long the judge takes for a hundred routes.
 */
final class Storm {

    private static final int SENDERS = 5;

    private final Town town;
    private final Path home;
    private final Map<Integer, List<Integer>> passed = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Storm(Town town, Path home) {
        this.town = town;
        this.home = home;
    }

    /** @param pace messages a second */
    String blow(int reloads, int pace) throws Exception {
        var reload = town.bean(Reload.class);
        write("routes/far.yaml", ReloadTest.route("far", "direct:far", "- log:\n    loggingLevel: DEBUG\n    message: far"));
        write("routes/near.yaml", near(0));
        await(reload);
        long first = reload.revision();
        ProducerTemplate sender = town.bean(ProducerTemplate.class);
        List<Long> swaps = new ArrayList<>();
        try (ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS)) {
            for (int lane = 0; lane < SENDERS; lane++) {
                int mine = lane;
                List<Integer> done = passed.computeIfAbsent(lane, none -> new ArrayList<>());
                int[] next = {0};
                senders.scheduleAtFixedRate(() -> send(sender, mine, next[0]++, done), 0, 1_000_000L * SENDERS / pace, TimeUnit.MICROSECONDS);
            }
            for (int turn = 1; turn <= reloads; turn++) {
                long saved = System.nanoTime();
                write("routes/near.yaml", near(turn));
                await(reload);
                swaps.add((System.nanoTime() - saved) / 1_000_000);
            }
        }
        assertThat(failures).isEmpty();
        passed.forEach((lane, numbers) -> {
            List<Integer> wanted = new ArrayList<>();
            for (int number = 0; number < numbers.size(); number++) {
                wanted.add(number);
            }
            assertThat(numbers).as("lane " + lane).isEqualTo(wanted);
        });
        int messages = passed.values().stream().mapToInt(List::size).sum();
        assertThat(reload.routes()).filteredOn(route -> route.id().equals("far")).singleElement().satisfies(untouched -> {
            assertThat(untouched.total()).isEqualTo(messages);
            assertThat(untouched.revision()).isLessThanOrEqualTo(first);
        });
        long longest = waits.stream().mapToLong(Long::longValue).max().orElse(0) / 1_000_000;
        long[] sorted = swaps.stream().mapToLong(Long::longValue).sorted().toArray();
        return "%d reloads, %d messages, longest %d ms; from save to live p50 %d ms, p95 %d ms, max %d ms".formatted(reloads,
                messages, longest, sorted[sorted.length / 2], sorted[(int) (sorted.length * .95)], Arrays.stream(sorted).max().orElse(0));
    }

    public static void main(String[] arguments) throws Exception {
        judge();
        Path home = Files.createTempDirectory("storm");
        HouseCopy.into(home);
        try (var town = Town.with(Map.of("serai.home", home))) {
            System.out.println(new Storm(town, home).blow(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])));
            var reload = town.bean(Reload.class);
            Awaitility.await().until(() -> reload.leavingVersions() == 0);
            System.out.println("none of the former versions is left");
        }
        System.exit(0);
    }

    private static void judge() {
        FileSet files = new Folder(new io.serai.Home(".")).read();
        String enrich = files.texts().get("routes/enrich.yaml");
        for (int number = files.texts().size(); number < 110; number++) {
            files = files.with("routes/many/r" + number + ".yaml", enrich.replace("enrich", "many/r" + number));
        }
        Check check = Checker.fresh();
        for (int turn = 0; turn < 10; turn++) {
            long begun = System.nanoTime();
            assertThat(check.check(files).faults()).isEmpty();
            System.out.printf("%d files judged and built in %d ms%n", files.texts().size(), (System.nanoTime() - begun) / 1_000_000);
        }
    }

    private void send(ProducerTemplate sender, int lane, int number, List<Integer> done) {
        long begun = System.nanoTime();
        try {
            String answer = sender.requestBody("direct:near", number, String.class);
            if (!answer.startsWith(number + " by ")) {
                failures.add(new IllegalStateException(lane + "/" + number + ": " + answer));
            }
            done.add(number);
        } catch (RuntimeException lost) {
            failures.add(lost);
        }
        waits.add(System.nanoTime() - begun);
    }

    private static String near(int version) {
        return ReloadTest.route("near", "direct:near", "- to: direct:far\n- setBody:\n    simple: ${body} by " + version);
    }

    private static void await(Reload reload) {
        FileSet written = reload.read();
        Awaitility.await().pollInterval(java.time.Duration.ofMillis(10)).until(() -> ReloadTest.isLive(reload, written));
    }

    private void write(String file, String text) throws IOException {
        Path target = home.resolve(file);
        Path whole = target.resolveSibling("." + target.getFileName() + ".part");
        Files.writeString(whole, text);
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
