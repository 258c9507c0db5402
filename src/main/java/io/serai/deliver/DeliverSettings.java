package io.serai.deliver;

import io.serai.work.RetryPlan;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How parcels are sent.
 *
 * @param retry waits after failed attempts, where the route of a channel has no plan of its own
 * @param justAsked how long after a question its answer may break the quiet hours
 * @param fold whether what was held for one address and thread goes out as one message
 */
@Validated
@ConfigurationProperties("serai.deliver")
record DeliverSettings(
        @DefaultValue("1s,5s,30s,2m,10m,1h,6h") String retry, @DefaultValue("1h") Duration justAsked, @DefaultValue("true") boolean fold) {

    DeliverSettings {
        RetryPlan.of(retry);
    }

    /** The plan of a channel, or ours when it has none. */
    RetryPlan plan(String own) {
        return RetryPlan.of(own == null ? retry : own);
    }
}
