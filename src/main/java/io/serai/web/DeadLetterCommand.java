package io.serai.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Dead letters from the command line: {@code java -jar serai.jar dead-letters ...}. It speaks to the API of the hub that runs, with a token, so that
 * roles and the story of each letter hold here too. It knows {@code SERAI_URL} and {@code SERAI_API_TOKEN} from the environment.
 */
public final class DeadLetterCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String USAGE = """
            dead-letters list [--state=open|replayed|discarded|all] [--queue=turns|parcels|reflections] [--channel=] [--reason=] [--contact=] [--limit=] [--before=]
            dead-letters show <id>
            dead-letters replay <id>... [--yes]                       without --yes it only tells what would happen
            dead-letters replay [--queue=] [--reason=] [--yes]        all open ones that fit
            dead-letters edit <id> [--text=] [--part=] [--handle=] [--channel=] [--account=]
            dead-letters discard <id> <reason>
            Environment: SERAI_URL (http://localhost:8080), SERAI_API_TOKEN""";

    private final URI hub;
    private final String token;
    private final PrintStream out;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    public DeadLetterCommand(Map<String, String> environment, PrintStream out) {
        this.hub = URI.create(environment.getOrDefault("SERAI_URL", "http://localhost:8080"));
        this.token = environment.getOrDefault("SERAI_API_TOKEN", "");
        this.out = out;
    }

    /** @return the exit code: 0 done, 1 the hub said no or is not there, 2 not understood */
    public int run(List<String> arguments) {
        List<String> words = arguments.stream().filter(word -> !word.startsWith("--")).toList();
        Map<String, String> options = options(arguments);
        try {
            return switch (words.isEmpty() ? "list" : words.getFirst()) {
                case "list" -> list(options);
                case "show" -> words.size() == 2 ? tell(send("GET", "/" + id(words.get(1)), null)) : usage();
                case "replay" -> tell(send("POST", "/replay", replay(words.subList(1, words.size()), options)));
                case "edit" -> words.size() == 2 ? tell(send("PATCH", "/" + id(words.get(1)), edit(options))) : usage();
                case "discard" -> words.size() > 2
                        ? tell(send("POST", "/" + id(words.get(1)) + "/discard", object(Map.of("reason", String.join(" ", words.subList(2, words.size()))))))
                        : usage();
                default -> usage();
            };
        } catch (NumberFormatException noId) {
            return usage();
        } catch (IOException away) {
            out.println("No hub answers at " + hub + ". Set SERAI_URL.");
            return 1;
        }
    }

    private int usage() {
        out.println(USAGE);
        return 2;
    }

    private int list(Map<String, String> options) throws IOException {
        String query = options.entrySet().stream().map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        HttpResponse<String> answer = send("GET", query, null);
        if (answer.statusCode() != 200) {
            return tell(answer);
        }
        JsonNode page = JSON.readTree(answer.body());
        for (JsonNode letter : page.path("items")) {
            out.printf("%-6d %-11s %-9s %-10s %-20.20s %s%s%n", letter.path("id").asLong(), letter.path("queue").asText(), letter.path("state").asText(),
                    letter.path("channel").asText("-"), letter.path("diedAt").asText(), letter.path("mayHaveArrived").asBoolean() ? "(may have arrived) " : "",
                    letter.path("reason").asText());
        }
        if (page.has("next")) {
            out.println("There are more: --before=" + page.path("next").asText());
        }
        return 0;
    }

    private int tell(HttpResponse<String> answer) throws IOException {
        if (!answer.body().isEmpty()) {
            JsonNode body = JSON.readTree(answer.body());
            out.println(body.has("detail") ? body.path("detail").asText() : body.toPrettyString());
        }
        return answer.statusCode() < 300 ? 0 : 1;
    }

    private HttpResponse<String> send(String method, String path, JsonNode body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(hub.resolve("/api/dead-letters" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", "*") // who types an edit means the letter as it is now
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            throw new IOException("stopped", stopped);
        }
    }

    private static JsonNode replay(List<String> ids, Map<String, String> options) {
        ObjectNode wish = JSON.createObjectNode().put("dryRun", !options.containsKey("yes"));
        ids.forEach(id -> wish.withArray("ids").add(id(id)));
        options.forEach((name, value) -> {
            if (!name.equals("yes")) {
                wish.put(name, value);
            }
        });
        return wish;
    }

    private static long id(String word) {
        return Long.parseLong(word);
    }

    private static JsonNode edit(Map<String, String> options) {
        ObjectNode edit = JSON.valueToTree(options);
        if (options.containsKey("part")) {
            edit.put("part", Integer.parseInt(options.get("part")));
        }
        return edit;
    }

    private static JsonNode object(Map<String, String> values) {
        return JSON.valueToTree(values);
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : arguments) {
            if (word.startsWith("--")) {
                String[] pair = word.substring(2).split("=", 2);
                options.put(pair[0], pair.length == 2 ? pair[1] : "");
            }
        }
        return options;
    }
}
