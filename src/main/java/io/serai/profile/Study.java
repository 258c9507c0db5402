package io.serai.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Patterns;
import io.serai.message.Contact;
import io.serai.message.Message;
import io.serai.message.Reading;
import io.serai.message.Reply;
import io.serai.message.Role;
import io.serai.think.Models;
import io.serai.think.Tokens;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Lays out what was said since the profile was read last, unless nothing in it is worth a look; an isolated talk teaches nothing of its contact. */
@Component("study")
class Study {

    static final String ROLE = "small";

    /** So many characters are read at once, so that a slow model answers in time. */
    private static final int ROOM = 24_000;

    /** The part of that room, in tokens, that is told of what is known already, and as much of what was promised. */
    private static final int SHARE = 8;

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm VV", Locale.ENGLISH);

    private final Studies studies;
    private final Profiles profiles;
    private final Commitments commitments;
    private final Schema schema;
    private final Models models;
    private final Patterns patterns;
    private final ProfileSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    Study(Studies studies, Profiles profiles, Commitments commitments, Schema schema, Models models, Patterns patterns, ProfileSettings settings,
            MeterRegistry meters, Clock clock) {
        this.studies = studies;
        this.profiles = profiles;
        this.commitments = commitments;
        this.schema = schema;
        this.models = models;
        this.patterns = patterns;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    public Reading study(Reply reply) {
        Contact contact = reply.turn().contact();
        long conversation = reply.turn().conversation().id();
        complaints(reply);
        Studies.Progress progress = studies.progress(conversation);
        boolean isLearned = settings.extraction() != ProfileSettings.Extraction.OFF && !reply.turn().conversation().isIsolated();
        List<Message> unread = !isLearned
                ? List.of()
                : studies.unread(contact.id(), conversation, progress.learnedTo(), reply.id());
        List<Message> worth = unread.size() == Studies.MOST || isWorthwhile(unread) ? fitting(unread) : List.of();
        boolean byRules = models.isOffline(ROLE) || progress.failures() >= settings.failures();
        return new Reading(contact, conversation, worth, progress.learnedTo(), byRules, worth.isEmpty() ? Map.of() : holes(contact), null);
    }

    /** From the oldest on, as much as the model can read at once; a token is seldom less than a character. */
    private List<Message> fitting(List<Message> unread) {
        int room = Math.min(ROOM, models.leastWindow(ROLE) / 2);
        List<Message> fitting = new ArrayList<>();
        for (Message message : unread) {
            room -= message.text().length();
            if (room < 0 && !fitting.isEmpty()) {
                break;
            }
            fitting.add(message);
        }
        return fitting;
    }

    /** What is not waits for more; when there is no room for more, it is read as it is, or the reading would end here. */
    private boolean isWorthwhile(List<Message> unread) {
        List<Message> theirs = unread.stream().filter(message -> message.role() == Role.USER).toList();
        return settings.extraction() == ProfileSettings.Extraction.WHEN_MEANINGFUL
                ? (theirs.isEmpty() ? unread : theirs).stream().anyMatch(message -> patterns.find("meaningful", message.text()))
                : !unread.isEmpty();
    }

    /** Who has to say a thing twice was forgotten: that is counted, since it should never happen; once, not again when the talk has gone quiet. */
    private void complaints(Reply reply) {
        boolean forgotten = reply.turn().lease() != null && reply.turn().messages().stream().anyMatch(message -> patterns.find("not-remembered", message.text()));
        if (forgotten) {
            meters.counter("serai.forgotten", "channel", reply.turn().address().channel()).increment();
        }
    }

    private Map<String, String> holes(Contact contact) {
        int room = Math.min(ROOM, models.leastWindow(ROLE)) / SHARE;
        Stream<String> known = profiles.of(contact.id()).stream()
                .sorted(Comparator.comparing(Study::isOfList)
                        .thenComparing(Study::said, Comparator.reverseOrder())
                        .thenComparing(Profiles.Known::id, Comparator.reverseOrder()))
                .map(fact -> fact.path() + " = " + fact.value());
        Stream<String> open = commitments.open(contact.id()).stream()
                .sorted(Comparator.comparing(Commitments.Commitment::id).reversed())
                .map(one -> "%d: %s, %s".formatted(one.id(), one.who(), one.told(contact.zone())));
        return Map.of(
                "schema", schema.shape().told(),
                "now", NOW.format(clock.instant().atZone(contact.zone())),
                "known", within(room, known.toList(), "(empty)"),
                "open", within(room, open.toList(), "(none)"));
    }

    private static long said(Profiles.Known fact) {
        return Stream.of(fact.againId(), fact.messageId()).filter(Objects::nonNull).findFirst().orElse(0L);
    }

    private static boolean isOfList(Profiles.Known fact) {
        return fact.path().contains("[");
    }

    /** As many lines as fit, the most needed first: what is not told and said again is known all the same, and merged by code. */
    private static String within(int room, List<String> lines, String none) {
        var told = new StringJoiner("\n").setEmptyValue(none);
        int left = room;
        for (String line : lines) {
            left -= Tokens.in(line) + 1;
            if (left < 0) {
                break;
            }
            told.add(line);
        }
        return told.toString();
    }
}
