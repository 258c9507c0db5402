package io.serai.message;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** One entry of the transcript. */
public record Message(long id, Role role, String text, List<Attachment> attachments, Instant saidAt) {

    private static final Pattern COMMAND = Pattern.compile("/[\\p{L}\\p{M}]+(\\s.*)?", Pattern.DOTALL);

    public Message {
        attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }

    /** Whether it is an order to the hub, as {@code /new} or {@code /remember the gate code is 4711}, in whatever language. */
    public boolean isCommand() {
        return COMMAND.matcher(text).matches();
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Message[id=%d, role=%s]".formatted(id, role);
    }
}
