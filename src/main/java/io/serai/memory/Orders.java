package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.Home;
import io.serai.message.Message;
import io.serai.message.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How commands are called, in {@code memory/commands.yaml}: by words after a slash, or in plain words. Read anew at each use. */
@Component
class Orders {

    private static final String FILE = "memory/commands.yaml";

    /** Where a message goes on after a sentence, or in a new line: a title or a day ("3. März") ends none. */
    private static final Pattern FURTHER = Pattern.compile("\\R|[。！？]\\s*\\S"
            + "|(?:[!?…؟]|(?<!\\b(?:mr|mrs|ms|dr|prof|nr))\\.(?!(?<=\\d\\.) (?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\\b))"
            + "[\"'”“’»)\\]]*\\s", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final Home home;
    private final YAMLMapper yaml = new YAMLMapper();
    private final Cache<String, Map<String, Order>> read = Caffeine.newBuilder().maximumSize(3).build();

    Orders(Home home) {
        this.home = home;
    }

    /**
     * @param plain regular expressions, whole messages; the first group is what is ordered
     * @param unless regular expressions; what is ordered in plain words has none of them
     */
    record Order(List<String> words, List<Pattern> plain, List<Pattern> unless, String help) {

        Order {
            plain = compiled(plain);
            unless = unless == null ? List.of() : compiled(unless);
        }

        private static List<Pattern> compiled(List<Pattern> forms) {
            return forms.stream().map(form -> Pattern.compile(form.pattern(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)).toList();
        }

        private Optional<String> argument(String said) {
            return plain.stream()
                    .map(form -> form.matcher(said))
                    .filter(Matcher::matches)
                    .map(found -> found.group(1))
                    .findFirst()
                    .filter(argument -> unless.stream().noneMatch(form -> form.matcher(argument).find()));
        }
    }

    /** The command that is called by a word, in whatever language and however it is spelt in capitals. */
    String command(String spelt) {
        String word = spelt.toLowerCase(Locale.ROOT);
        return all().entrySet().stream().filter(order -> order.getValue().words().contains(word)).map(Map.Entry::getKey).findFirst().orElse(word);
    }

    /** A message that orders something in plain words, and in one sentence, as if it had a slash; any other as it is: whoever answers must see all of it. */
    Message read(Message said) {
        String text = said.text().strip();
        if (said.isCommand() || text.length() > 2_000 || FURTHER.matcher(text).find()) {
            return said;
        }
        return all().entrySet().stream()
                .flatMap(order -> order.getValue().argument(text).map(argument -> "/" + order.getKey() + " " + argument).stream())
                .findFirst()
                .map(ordered -> new Message(said.id(), said.role(), ordered, said.attachments(), said.saidAt()))
                .orElse(said);
    }

    /** Whether somebody orders this, after a slash or in plain words. */
    boolean isOrder(Message said, String command) {
        if (said.role() != Role.USER) {
            return false;
        }
        Message read = read(said);
        return read.isCommand() && command(read.text().substring(1).split("\\s+", 2)[0]).equals(command);
    }

    /** A line for each but these. */
    String help(List<String> hidden) {
        return all().entrySet().stream()
                .filter(order -> !hidden.contains(order.getKey()))
                .map(order -> "- " + order.getValue().help())
                .collect(Collectors.joining("\n"));
    }

    private Map<String, Order> all() {
        return read.get(home.text(FILE), this::parse);
    }

    private Map<String, Order> parse(String text) {
        try {
            return yaml.readValue(text, new TypeReference<LinkedHashMap<String, Order>>() {});
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(
                    FILE + " cannot be read: " + malformed.getOriginalMessage() + " at line " + malformed.getLocation().getLineNr(), malformed);
        }
    }
}
