package io.serai.message;

import java.util.UUID;

/**
 * The promise that a message is stored: only with this in hand a door may say yes to the outside.
 *
 * @param messageId the message in the transcript
 * @param publicId the same under a name that outsiders may see and cannot guess
 * @param duplicate whether it was here before; it is then answered once, as the first time
 * @param verdict whether it is answered at all
 */
public record Receipt(
        long messageId, UUID publicId, Contact contact, Address address, Conversation conversation, boolean duplicate, Verdict verdict) {}
