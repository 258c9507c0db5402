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

    /** Of fewer characters nobody would know what they are about. */
    private static final int LEAST = 40;

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
        return text(Integer.MAX_VALUE);
    }

    /** The same with the longest messages shortened, each as far as is needed for all to have room. */
    String text(int room) {
        int most = share(room);
        return messages.stream()
                .map(message -> "[%d, %s, %s] %s".formatted(message.id(), message.role() == Role.USER ? "customer" : "us",
                        STAMP.format(message.saidAt().atZone(contact.zone())), Hanging.of(shortened(message.text(), most))))
                .collect(Collectors.joining("\n"));
    }

    private int share(int room) {
        int share = room;
        while (share > LEAST && charactersWithin(share) > room) {
            share = share * 3 / 4;
        }
        return share;
    }

    private long charactersWithin(int share) {
        return messages.stream().mapToLong(message -> Math.min(message.text().length(), share)).sum();
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : Beginning.of(text, most) + " [cut: the first %d of %d characters]".formatted(most, text.length());
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Reading[conversationId=%d, since=%d]".formatted(conversationId, since);
    }
}
