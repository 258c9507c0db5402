package io.serai.deliver;

import io.serai.channel.Accounts;
import io.serai.message.Later;
import io.serai.message.Parcel;
import io.serai.message.Refused;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Decides whether a parcel may go now: by a channel that is there, to an address that takes it, by an account that is let in, to one who is awake. */
@Component("hold")
class Hold {

    private final Outbox outbox;
    private final Accounts accounts;
    private final Ways ways;
    private final DeliverSettings settings;
    private final Clock clock;

    Hold(Outbox outbox, Accounts accounts, Ways ways, DeliverSettings settings, Clock clock) {
        this.outbox = outbox;
        this.accounts = accounts;
        this.ways = ways;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @throws Refused when there is no way to this address
     * @throws Later when it has to wait, which uses up no attempt
     * @throws Held when it was put aside until the quiet hours end
     */
    public Parcel hold(Parcel parcel) {
        ways.require(parcel.channel());
        Prospect prospect = outbox.prospect(parcel);
        if (prospect.stopped() != null) {
            throw new Refused("this address takes nothing more: " + prospect.stopped());
        }
        prospect.quietUntil(clock.instant(), settings.justAsked()).ifPresent(until -> {
            outbox.putAside(parcel, until);
            throw new Held(until);
        });
        if (prospect.paused() != null && !accounts.mayProbe(parcel.channel(), parcel.to().account())) {
            throw new Later("our account is paused: " + prospect.paused(), accounts.untilProbe(parcel.channel(), parcel.to().account()), false, null);
        }
        return parcel;
    }
}
