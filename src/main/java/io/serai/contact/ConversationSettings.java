package io.serai.contact;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages of a contact form conversations.
 *
 * @param scope what a conversation spans unless the door names one
 */
@Validated
@ConfigurationProperties("serai.conversation")
record ConversationSettings(@DefaultValue("unified") Scope scope) {

    enum Scope {
        /** One conversation over all channels. */
        UNIFIED,
        /** One for each channel. */
        PER_CHANNEL,
        /** One for each address. */
        PER_ADDRESS
    }

    String key(String channel, String handle) {
        return switch (scope) {
            case UNIFIED -> "main";
            case PER_CHANNEL -> channel;
            case PER_ADDRESS -> channel + ":" + handle;
        };
    }
}
