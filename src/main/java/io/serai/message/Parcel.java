package io.serai.message;

/**
 * One piece of text for one address on one channel.
 *
 * @param replyId the message of the transcript it carries
 * @param part its number among the parts of that message, from 1
 * @param text Markdown; the channel's route renders it
 * @param thread the channel's thread it belongs to, or null
 * @param begun whether an earlier attempt to send it began and nobody knows how it ended
 */
public record Parcel(long id, long replyId, long conversationId, Address to, int part, String text, String thread, boolean begun, Lease lease) {

    /** The channel it goes by; {@code routes/deliver.yaml} picks the route by it. */
    public String channel() {
        return to.channel();
    }

    /** The same parcel with another wording: a part of it, or rendered. */
    public Parcel with(String wording) {
        return new Parcel(id, replyId, conversationId, to, part, wording, thread, begun, lease);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Parcel[id=%d, replyId=%d, part=%d, to=%s]".formatted(id, replyId, part, to);
    }
}
