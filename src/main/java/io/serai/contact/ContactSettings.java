package io.serai.contact;

import io.serai.message.Address;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is answered.
 *
 * @param policy what happens to who is new, by channel; {@code default} holds for the others
 * @param allowed handles that need nobody's approval, by channel, exactly as the channel spells them
 * @param operators who may approve strangers from a chat, each as {@code channel:handle}
 * @param unverified what happens to messages whose sender the channel does not vouch for, on an open channel
 */
@Validated
@ConfigurationProperties("serai.contact")
record ContactSettings(
        @DefaultValue Map<String, Policy> policy,
        @DefaultValue Map<String, List<String>> allowed,
        @DefaultValue List<String> operators,
        @DefaultValue("answer") @NotNull Unverified unverified,
        @DefaultValue @Valid Pairing pairing,
        @DefaultValue @Valid Link link) {

    enum Policy {
        /** Everybody is answered. */
        OPEN,
        /** A stranger is given a code and answered once an operator has approved. */
        PAIRING,
        /** Only who is on the list is answered. */
        ALLOW_LIST
    }

    enum Unverified {
        /** As somebody of whom nothing is known. */
        ANSWER,
        /** Kept until an operator has looked. */
        HOLD
    }

    /**
     * How strangers are paired.
     *
     * @param life how long a code holds
     * @param pending how many codes of one channel hold at a time
     * @param guesses wrong codes a minute, over all who try
     * @param keep how long the messages of a stranger wait for somebody to decide
     */
    record Pairing(
            @DefaultValue("1h") @NotNull @DurationMin(minutes = 1) Duration life,
            @DefaultValue("3") @Positive int pending,
            @DefaultValue("10") @Positive int guesses,
            @DefaultValue("30d") @NotNull Duration keep) {}

    /**
     * How people prove that two channels are theirs.
     *
     * @param life how long a code holds
     * @param guesses wrong codes a minute of one who tries, and a hundred times as many over all
     */
    record Link(@DefaultValue("10m") @NotNull @DurationMin(minutes = 1) Duration life, @DefaultValue("10") @Positive int guesses) {}

    Policy policy(String channel) {
        return policy.getOrDefault(channel, policy.getOrDefault("default", Policy.OPEN));
    }

    /** Whether an address needs nobody's approval; operators never do. */
    boolean allows(Address address) {
        return allowed.getOrDefault(address.channel(), List.of()).contains(address.handle()) || isOperator(address);
    }

    boolean isOperator(Address address) {
        return operators.contains(address.channel() + ":" + address.handle());
    }
}
