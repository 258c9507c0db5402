package io.serai.message;

import java.time.Instant;
import java.util.List;

/** One entry of the transcript. */
public record Message(long id, Role role, String text, List<Attachment> attachments, Instant saidAt) {

    public Message {
        attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }
}
