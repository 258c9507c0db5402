package io.serai.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one caller may ask for; rates are per minute, unless it says otherwise.
 *
 * @param login wrong passwords from one network address, and as many wrong codes of {@code /export}
 * @param chatPerVisitor messages of one visitor of the web chat
 * @param chatPerAddress messages from one network address, whoever it says it is
 * @param streamsPerAddress event streams of the web chat that one network address may have open at a time
 * @param hook requests with the credential of one hook
 * @param completions requests with one token
 * @param requests requests at once, whoever they come from; 0 for as many as the heap has room for
 * @param body the largest body of a request
 * @param completionBody the same for {@code /v1}, whose clients send the whole talk each time
 * @param bodyPatience how long a body may take, and a second more for each 10 KB of it that has come; what is left of it once the request is answered
 *     has as long
 * @param callers how many callers are counted at once; beyond that, those who were quiet for longest are forgotten
 */
@Validated
@ConfigurationProperties("serai.limits")
record LimitsSettings(
        @DefaultValue("10") @Positive int login,
        @DefaultValue("30") @Positive int chatPerVisitor,
        @DefaultValue("120") @Positive int chatPerAddress,
        @DefaultValue("200") @Positive int streamsPerAddress,
        @DefaultValue("600") @Positive int hook,
        @DefaultValue("600") @Positive int completions,
        @DefaultValue("0") @PositiveOrZero int requests,
        @DefaultValue("1MB") @NotNull DataSize body,
        @DefaultValue("4MB") @NotNull DataSize completionBody,
        @DefaultValue("20s") @NotNull Duration bodyPatience,
        @DefaultValue("100000") @Positive int callers) {}
