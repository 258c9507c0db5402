package io.serai.message;

import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was said since the profile was read from a conversation last, to be read now.
 *
 * @param messages oldest first; empty when there is nothing to be read
 * @param since the message up to which it was read before
 * @param byRules whether no model is asked, because there is none or because it has failed too often
 * @param fault why the answer to it could not be used, or null
 */
public record Reading(
        Contact contact, long conversationId, List<Message> messages, long since, boolean byRules, Map<String, String> holes, String fault)
        implements Question {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    public Reading {
        messages = List.copyOf(messages);
        holes = Map.copyOf(holes);
    }

    /** The same, after an answer that cannot be used. */
    public Reading faulty(String why) {
        var more = new HashMap<>(holes);
        more.put("fault", why);
        return new Reading(contact, conversationId, messages, since, byRules, more, why);
    }

    public boolean isDue() {
        return !messages.isEmpty();
    }

    public boolean isFaulty() {
        return fault != null;
    }

    /** The message up to which it is read then. */
    public long upTo() {
        return messages.isEmpty() ? since : messages.getLast().id();
    }

    /** A message a line; what continues a message is indented, so that none can pass for two. */
    @Override
    public String text() {
        return messages.stream()
                .map(message -> "[%d, %s, %s] %s".formatted(message.id(), message.role() == Role.USER ? "customer" : "us",
                        STAMP.format(message.saidAt().atZone(contact.zone())), message.text().lines().collect(Collectors.joining("\n  "))))
                .collect(Collectors.joining("\n"));
    }
}
