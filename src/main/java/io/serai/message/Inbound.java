package io.serai.message;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What came in through a door, before anybody knows who said it.
 *
 * @param channel the way it came: {@code web-chat}, {@code telegram}, {@code email} ...
 * @param account which of our own accounts on that channel received it (a bot, a mailbox, a hook); empty where there is only one
 * @param handle the handle on that channel where the answer goes, exactly as the channel spells it: the sender's, or the group's
 * @param externalId the channel's own id of this message: the same id on the same channel and account is the same message
 * @param author the name the sender goes by, or null; of a long one its beginning
 * @param text what was said; may be empty when there are attachments
 * @param thread the channel's thread the answer belongs to, or null
 * @param conversation the key of the conversation it belongs to, or null to let the scope setting decide; what cannot be one is refused
 * @param context what its sender says of the conversation, for the model to know: a JSON object that is merged into what is there (RFC 7396), or
 *     null; only from who has shown a credential
 * @param receivedAt when it was said, as far as the channel tells
 * @param around how it came, as far as that matters for what may be done with it
 */
public record Inbound(
        String channel,
        String account,
        String handle,
        String externalId,
        String author,
        String text,
        List<Attachment> attachments,
        String thread,
        String conversation,
        String context,
        Instant receivedAt,
        Circumstances around) {

    /** Characters of a name; a sender may give any. */
    private static final int LONGEST_NAME = 200;

    public Inbound {
        requireNonNull(channel, "channel");
        requireNonNull(handle, "handle");
        requireNonNull(externalId, "externalId");
        requireNonNull(receivedAt, "receivedAt");
        account = account == null ? "" : account;
        text = text == null ? "" : storable(text);
        author = author == null ? null : Beginning.of(storable(author), LONGEST_NAME);
        attachments = attachments == null ? List.of() : List.copyOf(attachments);
        conversation = conversation == null ? null : Conversation.named(conversation);
        around = around == null ? Circumstances.PLAIN : around;
    }

    /** A message that says nothing of the conversation. */
    public Inbound(String channel, String account, String handle, String externalId, String author, String text, List<Attachment> attachments,
            String thread, String conversation, Instant receivedAt, Circumstances around) {
        this(channel, account, handle, externalId, author, text, attachments, thread, conversation, null, receivedAt, around);
    }

    public static Inbound of(String channel, String account, String handle, String externalId, String text, Instant receivedAt) {
        return new Inbound(channel, account, handle, externalId, null, text, List.of(), null, null, receivedAt, Circumstances.PLAIN);
    }

    /** A NUL is a character that JSON and mail can carry and a database cannot. */
    private static String storable(String foreign) {
        return foreign.replace("\0", "");
    }

    /** The same message with its files where they are kept. */
    public Inbound with(List<Attachment> kept) {
        return new Inbound(channel, account, handle, externalId, author, text, kept, thread, conversation, context, receivedAt, around);
    }

    /** The same message, of which we know how it came. */
    public Inbound with(Circumstances around) {
        return new Inbound(channel, account, handle, externalId, author, text, attachments, thread, conversation, context, receivedAt, around);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Inbound[channel=%s, account=%s, externalId=%s]".formatted(channel, account, externalId);
    }
}
