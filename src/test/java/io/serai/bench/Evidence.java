package io.serai.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.memory.Found;
import io.serai.memory.Storyteller;
import io.serai.memory.Storyteller.Said;
import io.serai.memory.Storyteller.Story;
import io.serai.town.Town;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How well the search finds what answers a question: long conversations of two people are told to the hub, each of their questions is asked, and what is
 * found is compared with the turns that hold the answer.
 *
 * <p>Arguments: the folder with {@code turns.jsonl} and {@code questions.jsonl} (LoCoMo; it is no part of the project), and {@code ablation} to
 * measure what each part of the search is worth.
 */
final class Evidence {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("h:mm a 'on' d MMMM, uuuu", Locale.ENGLISH);
    private static final int DEEPEST = 20;

    private final Storyteller teller;
    private final List<JsonNode> questions;
    private final Map<String, Story> stories = new HashMap<>();
    private final Map<String, Long> messages = new HashMap<>();

    private Evidence(Storyteller teller, List<JsonNode> questions) {
        this.teller = teller;
        this.questions = questions;
    }

    private interface Way {
        List<Found> search(io.serai.message.Contact contact, String question);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || !Files.isReadable(Path.of(arguments[0], "turns.jsonl"))) {
            System.out.println("Evidence needs the folder that holds turns.jsonl and questions.jsonl as its argument; it is no part of this project.");
            return;
        }
        Path folder = Path.of(arguments[0]);
        try (Town town = Town.with(Map.of())) {
            var vectors = new Vectors(Storyteller.meaning(town));
            var evidence = new Evidence(new Storyteller(town, vectors), read(folder.resolve("questions.jsonl")));
            evidence.tell(read(folder.resolve("turns.jsonl")));
            town.sql().sql("analyze").update();
            evidence.measure("as it is", (contact, question) -> evidence.teller.search(contact, question, DEEPEST)).byCategory();
            if (arguments.length > 1) {
                evidence.ablate();
            }
        }
        System.exit(0);
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    /** The first speaker of a conversation is the contact, the other is us; the turns of a session are a minute apart. */
    private void tell(List<JsonNode> turns) {
        Map<String, List<JsonNode>> talks = new LinkedHashMap<>();
        turns.forEach(turn -> talks.computeIfAbsent(turn.path("conv").asText(), unknown -> new ArrayList<>()).add(turn));
        talks.forEach((conversation, talk) -> {
            String them = questions.stream().filter(question -> question.path("conv").asText().equals(conversation)).findFirst().orElseThrow().at("/speakers/0").asText();
            Map<Integer, Integer> minutes = new HashMap<>();
            List<Said> said = talk.stream()
                    .map(turn -> new Said(
                            turn.path("speaker").asText(),
                            !turn.path("speaker").asText().equals(them),
                            LocalDateTime.parse(turn.path("date").asText().replace("am", "AM").replace("pm", "PM"), DATE)
                                    .plusMinutes(minutes.merge(turn.path("session").asInt(), 1, Integer::sum))
                                    .toInstant(ZoneOffset.UTC),
                            turn.path("text").asText()))
                    .toList();
            Story story = teller.tells(them, said);
            stories.put(conversation, story);
            for (int i = 0; i < talk.size(); i++) {
                messages.put(conversation + talk.get(i).path("id").asText(), story.messages().get(i));
            }
        });
    }

    private Score measure(String name, Way way) {
        var score = new Score(name);
        for (JsonNode question : questions) {
            String conversation = question.path("conv").asText();
            List<Long> answers = new ArrayList<>();
            question.path("evidence").forEach(turn -> answers.add(messages.get(conversation + turn.asText())));
            long asked = System.nanoTime();
            List<Long> found = way.search(stories.get(conversation).contact(), question.path("q").asText()).stream().map(Found::message).toList();
            score.add(question.path("cat").asInt(), System.nanoTime() - asked, answers.stream().filter(answer -> answer != null).mapToInt(found::indexOf).toArray());
        }
        score.print();
        return score;
    }

    /** Each part added to those above it, and then each left out of the whole. */
    private void ablate() {
        String all = "echo sitting question short named dated inflected namesake";
        measure("meaning alone, names in", way(false, "wording " + all, true));
        measure("meaning alone, names out", way(true, "wording " + all, true));
        measure("words alone, names out", way(true, "meaning " + all, true));
        measure("words alone, with neighbours", way(true, "meaning " + all, false));
        measure("both, no neighbours", way(true, all, true));
        measure("both, with neighbours", way(true, all, false));
        List<String> parts = List.of(all.split(" "));
        for (int i = 1; i <= parts.size(); i++) {
            measure("  + " + parts.get(i - 1), way(true, String.join(" ", parts.subList(i, parts.size())), false));
        }
        measure("scaled by its extremes", (contact, question) -> teller.search(contact, question, DEEPEST, true, Evidence::byExtremes));
        Stream.concat(parts.stream(), Stream.of("wording", "meaning")).forEach(part -> measure("all without " + part, way(true, part, false)));
    }

    /** Each side from 0 to 1 over all candidates, as it once was, instead of in standard deviations. */
    private static String byExtremes(String sql) {
        return sql.replace("(2 + ", "(0 + ")
                .replaceAll("avg\\((near|coalesce\\(wording, 0\\))\\)", "min($1)")
                .replaceAll("stddev_pop\\((near|coalesce\\(wording, 0\\))\\)", "max($1) - min($1)");
    }

    private Way way(boolean namesOut, String off, boolean alone) {
        UnaryOperator<String> change = sql -> {
            String changed = alone ? sql.replaceAll("\\((-?[12]), [0-9.]+\\)", "($1, 0.0)") : sql;
            for (String knob : off.isEmpty() ? new String[0] : off.split(" ")) {
                String neutral = List.of("question", "short").contains(knob) ? "1.0" : "0.0";
                changed = changed.replaceAll("[0-9.]+ as " + knob + "\\b", neutral + " as " + knob);
            }
            return changed;
        };
        return (contact, question) -> teller.search(contact, question, DEEPEST, namesOut, change);
    }

    /** Shares over all questions of a category. */
    private static final class Score {

        private static final int[] DEPTHS = {1, 5, 10, 20};

        private final String name;
        private final Map<Integer, List<double[]>> categories = new HashMap<>();
        private final List<Long> nanos = new ArrayList<>();

        Score(String name) {
            this.name = name;
        }

        void add(int category, long took, int[] places) {
            nanos.add(took);
            int[] found = Arrays.stream(places).filter(place -> place >= 0).sorted().toArray();
            double[] row = new double[DEPTHS.length + 2];
            for (int i = 0; i < DEPTHS.length; i++) {
                int depth = DEPTHS[i];
                row[i] = 100.0 * Arrays.stream(found).filter(place -> place < depth).count() / Math.max(1, places.length);
            }
            row[DEPTHS.length] = found.length > 0 && found[0] < 10 ? 100 : 0;
            row[DEPTHS.length + 1] = found.length > 0 ? 1.0 / (1 + found[0]) : 0;
            categories.computeIfAbsent(category, unknown -> new ArrayList<>()).add(row);
        }

        void print() {
            nanos.sort(null);
            System.out.println(line(name, List.of(1, 2, 3, 4)) + String.format(Locale.ROOT, "  p50 %.1f ms, p95 %.1f ms", nanos.get(nanos.size() / 2) / 1e6,
                    nanos.get(nanos.size() * 95 / 100) / 1e6));
        }

        void byCategory() {
            Map.of(1, "multi-hop", 2, "temporal", 3, "open-domain", 4, "single-hop", 5, "adversarial").entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(category -> System.out.println(line("  " + category.getKey() + " " + category.getValue(), List.of(category.getKey()))));
        }

        private String line(String title, List<Integer> of) {
            List<double[]> rows = of.stream().flatMap(category -> categories.getOrDefault(category, List.of()).stream()).toList();
            double[] mean = new double[DEPTHS.length + 2];
            rows.forEach(row -> Arrays.setAll(mean, i -> mean[i] + row[i] / rows.size()));
            return String.format(Locale.ROOT, "%-32s %4d questions  frac@1 %.1f  @5 %.1f  @10 %.1f  @20 %.1f  any@10 %.1f  MRR %.3f",
                    title, rows.size(), mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]);
        }
    }
}
