package io.serai.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Message;
import io.serai.message.Reading;
import io.serai.message.Role;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads by rules what it can, where no language model does: company, name, email, phone, budget, quantity, time line and promises with a date. Its facts
 * are marked as {@code told_by = rules}. So are messages read that a model failed at too often, so that the talk is learned from again.
 */
@Component("glean")
class Glean {

    private static final Logger log = LoggerFactory.getLogger(Glean.class);

    private static final String NAME = "(\\p{Lu}[\\p{L}\\p{N}&.'-]*(?:\\s+(?:of\\s+)?\\p{Lu}[\\p{L}\\p{N}&.'-]*){0,3})";
    private static final Pattern COMPANY = Pattern.compile(
            "\\b(?:[Ww]e are|[Ww]e're|[Ii] (?:work (?:for|at)|am from|am with)|I'm (?:from|with|at)|[Oo]ur company is|here is|of the company)\\s+" + NAME);
    private static final Pattern PERSON = Pattern.compile(
            "\\b(?:[Mm]y name is|[Ii] am|I'm|[Tt]his is)\\s+(\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}+)?)(?![\\p{L}'])");
    private static final Pattern EMAIL = Pattern.compile(Figures.EMAIL);
    private static final Pattern PHONE = Pattern.compile("\\+\\d[\\d ()/-]{6,}\\d");
    private static final String AMOUNT =
            "((?:[$€£]\\s?|(?:USD|EUR|GBP|CHF)\\s?)?\\d[\\d ,.'’]*(?:k|m)?(?:\\s?(?:[$€£]|USD|EUR|GBP|CHF|euros?|dollars?|pounds?))?)";
    private static final Pattern BUDGET = Pattern.compile("\\bbudget\\b[^.!?\\d]{0,40}?" + AMOUNT, Pattern.CASE_INSENSITIVE);
    private static final Pattern QUANTITY = Pattern.compile(
            "\\b(\\d[\\d ,.'’]*\\s?(?:units?|pieces?|pcs|items|sets|boxes|pallets))\\b|\\bonly\\s+(\\d[\\d ,.']*)(?=[\\s.!?]*$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NEEDED = Pattern.compile(
            "\\b(?:need|deliver|want|order|decide|start)\\w*\\b.*?\\b((?:by|until|before|in)\\s+[\\w ]{3,30})", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROMISE = Pattern.compile(
            "\\b(?:I'll|I will|we'll|we will|I am going to|we are going to|let me)\\s+(.{3,200}?)[.!]?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHEN = Pattern.compile(
            "\\s*\\b(?:by|until|on|before|at|within|in|this|next|tomorrow|today|tonight)\\b.*$", Pattern.CASE_INSENSITIVE);

    private final ObjectMapper json;
    private final Schema schema;
    private final Lessons lessons;
    private final Studies studies;
    private final ProfileSettings settings;
    private final MeterRegistry meters;

    Glean(ObjectMapper json, Schema schema, Lessons lessons, Studies studies, ProfileSettings settings, MeterRegistry meters) {
        this.json = json;
        this.schema = schema;
        this.lessons = lessons;
        this.studies = studies;
        this.settings = settings;
        this.meters = meters;
    }

    public Reading glean(Reading reading) {
        ObjectNode answer = json.createObjectNode();
        for (Message message : reading.messages()) {
            for (String sentence : message.text().split("(?<=[.!?])\\s+|\\n+")) {
                if (message.role() == Role.USER) {
                    facts(sentence, answer.withObject("/profile"));
                }
                promise(sentence.strip(), message, answer.withArray("/commitments"));
            }
        }
        boolean isGivenUp = studies.progress(reading.conversationId()).failures() >= settings.failures();
        Shape shape = schema.shape();
        if (shape.complaints(Claims.pruned(answer)).isEmpty()) {
            lessons.write(reading, Claims.pruned(answer), shape, "rules");
        } else { // the schema was edited, and what rules find has no place in it
            lessons.write(reading, json.createObjectNode(), shape, "rules");
        }
        meters.counter("serai.extraction", "outcome", isGivenUp ? "given-up" : "rules").increment();
        if (isGivenUp) {
            log.warn("Conversation {}: no model could read messages {} to {} in {} attempts; they are read by rules, what follows by the model again",
                    reading.conversationId(), reading.messages().getFirst().id(), reading.upTo(), settings.failures());
        }
        return reading;
    }

    private static void facts(String sentence, ObjectNode profile) {
        find(COMPANY, sentence, profile.withObject("/identity"), "company");
        find(PERSON, sentence, profile.withObject("/identity"), "name");
        find(EMAIL, sentence, profile.withObject("/identity"), "email");
        find(PHONE, sentence, profile.withObject("/identity"), "phone");
        find(BUDGET, sentence, profile.withObject("/bant"), "budget");
        find(QUANTITY, sentence, profile.withObject("/product_interest"), "quantity");
        Matcher needed = NEEDED.matcher(sentence);
        if (needed.find() && Due.of(needed.group(1), java.time.Instant.EPOCH, ZoneOffset.UTC).isPresent()) {
            profile.withObject("/bant").put("timeline", needed.group(1).strip());
        }
    }

    private static void find(Pattern pattern, String sentence, ObjectNode into, String name) {
        Matcher found = pattern.matcher(sentence);
        if (found.find()) {
            String value = found.groupCount() == 0 ? found.group() : found.group(1) == null ? found.group(2) : found.group(1);
            into.put(name, value.strip().replaceAll("[,.]+$", ""));
        }
    }

    private static void promise(String sentence, Message message, ArrayNode into) {
        Matcher found = PROMISE.matcher(sentence);
        if (!found.find() || sentence.endsWith("?") || Due.of(found.group(1), message.saidAt(), ZoneOffset.UTC).isEmpty()) {
            return;
        }
        String what = WHEN.matcher(found.group(1)).replaceFirst("").strip();
        if (what.length() >= 3) {
            String when = found.group(1).substring(what.length()).strip();
            into.addObject().put("who", message.role() == Role.USER ? "them" : "us").put("what", what).put("due", when);
        }
    }
}
