package io.serai.message;

/**
 * A message that nobody asked for: a notice, a reminder, an alert.
 *
 * @param conversationId in whose transcript it stands
 * @param addressId where it goes, or 0 to let the contact's preferences decide
 * @param author the word by which the transcript says who wrote it: {@code pairing}, {@code reminder} ...
 * @param text Markdown
 * @param thread the channel's thread it belongs to, or null
 */
public record Post(long conversationId, long addressId, Kind kind, String author, String text, String thread) {

    /** To one address. */
    public static Post to(Conversation conversation, Address address, String author, String text) {
        return new Post(conversation.id(), address.id(), Kind.CONVERSATION, author, text, null);
    }

    /** Wherever the contact wants such messages. */
    public static Post of(Kind kind, long conversationId, String author, String text) {
        return new Post(conversationId, 0, kind, author, text, null);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Post[conversationId=%d, kind=%s]".formatted(conversationId, kind);
    }
}
