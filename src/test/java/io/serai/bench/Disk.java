package io.serai.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Inbound;
import io.serai.town.Town;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a turn takes on disk, by table, embeddings and indexes included: five people talk with the hub in the words of long conversations.
 *
 * <p>Arguments: the folder with {@code turns.jsonl} (LoCoMo; it is no part of the project), turns of each of the five (120).
 */
final class Disk {

    private static final int PEOPLE = 5;

    private final Town town;

    private Disk(Town town) {
        this.town = town;
    }

    public static void main(String[] arguments) throws IOException {
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
        var json = new ObjectMapper();
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0], "turns.jsonl"))) {
            texts.add(json.readTree(line).path("text").asText());
        }
        try (Town town = Town.with(Map.of())) {
            new Disk(town).measure(texts, turns);
        }
        System.exit(0);
    }

    private void measure(List<String> texts, int turns) {
        JdbcClient database = town.sql();
        database.sql("vacuum").update(); // the maps that each table gets with the first one are no part of a turn
        Map<String, Long> before = sizes(database);
        for (int person = 0; person < PEOPLE; person++) {
            for (int turn = 0; turn < turns; turn++) {
                int at = 2 * (person * turns + turn) % (texts.size() - 1);
                town.model().says(texts.get(at + 1));
                town.answer(town.receives(
                        Inbound.of("webhook", "", "person-" + person, UUID.randomUUID().toString(), texts.get(at), town.clock().instant())));
            }
        }
        Awaitility.await("all is reflected upon").atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofSeconds(1))
                .until(() -> database.sql("select count(*) from work").query(Long.class).single() == 0);
        database.sql("vacuum analyze").update();
        int all = PEOPLE * turns;
        Map<String, Long> after = sizes(database);
        System.out.printf(Locale.ROOT, "%.2f KB a turn over %d turns%n", after.entrySet().stream()
                .mapToLong(table -> table.getValue() - before.getOrDefault(table.getKey(), 0L)).sum() / 1024.0 / all, all);
        after.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(14)
                .forEach(table -> System.out.printf(Locale.ROOT, "  %-18s %5.2f%n", table.getKey(),
                        (table.getValue() - before.getOrDefault(table.getKey(), 0L)) / 1024.0 / all));
    }

    private static Map<String, Long> sizes(JdbcClient database) {
        return database.sql("select relname, pg_total_relation_size(oid) as size from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
                .query((row, number) -> Map.entry(row.getString("relname"), row.getLong("size")))
                .list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
