package io.serai.message;

import java.util.List;
import java.util.stream.Collectors;

/** The messages of a conversation that wait for one answer, oldest first. The answer goes to the address of the last of them. */
public record Turn(Contact contact, Conversation conversation, Address address, List<Message> messages, Lease lease) {

    public Turn {
        messages = List.copyOf(messages);
    }

    /** The same turn with other messages. */
    public Turn with(List<Message> others) {
        return new Turn(contact, conversation, address, others, lease);
    }

    /** All that was said, a message a paragraph. */
    public String text() {
        return messages.stream().map(Message::text).filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n"));
    }

    /** Whether it is an order to the hub, which makes a turn of its own. */
    public boolean isCommand() {
        return messages.getFirst().isCommand();
    }

    public long firstMessageId() {
        return messages.getFirst().id();
    }

    public long lastMessageId() {
        return messages.getLast().id();
    }
}
