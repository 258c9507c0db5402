package io.serai.message;

import java.util.List;

/**
 * What could not go on.
 *
 * @param lease the work it was; burying it ends the lease
 * @param subjects the ids of what was worked on: messages, a parcel, a reply
 * @param body it in its shape (Turn, Parcel, Reply), or null when it could not even be read
 * @param why what stopped it
 */
public record DeadLetter(Lease lease, List<Long> subjects, Object body, Throwable why) {

    public DeadLetter {
        subjects = List.copyOf(subjects);
    }

    /** The shape it was in when it stopped. */
    public String shape() {
        return body == null ? "Unread" : body.getClass().getSimpleName();
    }

    /** The first thing in the chain that has something to say. */
    public static String reason(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage().replace("\0", "");
            }
        }
        return why.getClass().getSimpleName();
    }

    /** What an alert says of it. */
    public String text() {
        return "Dead letter in %s, conversation %d: %s".formatted(lease.queue(), lease.conversationId(), reason(why));
    }
}
