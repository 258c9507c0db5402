package io.serai.contact;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.serai.Home;
import io.serai.contact.ContactSettings.Link;
import io.serai.contact.ContactSettings.Pairing;
import io.serai.contact.ContactSettings.Unverified;
import io.serai.message.Address;
import io.serai.message.Arrival;
import io.serai.message.Inbound;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.transaction.support.TransactionTemplate;

/** Codes for strangers. */
@Tag("database")
@ResourceLock(Town.SHARED)
class PairingsTest {

    private final Town town = Town.shared();
    private final String channel = "channel-" + UUID.randomUUID();
    private final List<Object> invitations = new CopyOnWriteArrayList<>();
    private final ContactSettings settings = new ContactSettings(
            Map.of(), Map.of(), List.of(), Unverified.HOLD, new Pairing(Duration.ofMinutes(45), 3, 5, Duration.ofDays(30)), new Link(Duration.ofMinutes(10), 10));
    private final Pairings pairings = new Pairings(town.sql(), settings, invitations::add, town.bean(Home.class), town.clock());

    @Test
    void looksAtNoCodeAfterTooManyWrongOnes() {
        invite("ada");
        String code = town.sql().sql("select code from pairing where channel = :channel").param("channel", channel).query(String.class).single();
        assertThat(pairings.find(code)).isPresent();
        for (int i = 0; i < 5; i++) {
            assertThat(pairings.find("WRONG" + i)).isEmpty();
        }
        assertThatThrownBy(() -> pairings.find(code)).isInstanceOf(GuessedTooOften.class).hasMessageNotContaining(code);
    }

    @Test
    void saysHowLongACodeHolds() {
        invite("ada");
        assertThat(invitations).singleElement(as(type(Invitation.class))).extracting(Invitation::text, as(STRING)).contains("It holds for 45 minutes.");
    }

    @Test
    void makesNoMoreCodesThanMayHoldHoweverManyComeAtOnce() {
        IntStream.range(0, 12).parallel().forEach(i -> invite("stranger-" + i));
        assertThat(town.sql().sql("select code from pairing where channel = :channel").param("channel", channel).query(String.class).list())
                .hasSize(3).allMatch(code -> code.matches("[A-HJ-NP-Z2-9]{8}"));
    }

    @Test
    void makesCodesThatNobodyCanGuess() {
        var codes = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            invite("ada");
            codes.add(((Invitation) invitations.getLast()).text().replaceAll("(?s).*\\*\\*(.{8})\\*\\*.*", "$1"));
            town.sql().sql("delete from pairing where channel = :channel").param("channel", channel).update();
        }
        assertThat(codes).hasSize(20);
    }

    private Arrival arrival(String handle) {
        var known = town.bean(Contacts.class).meet(channel, "", handle, handle, "main");
        Inbound inbound = Inbound.of(channel, "", handle, UUID.randomUUID().toString(), "Hello", Instant.now());
        return new Arrival(inbound, known.contact(), new Address(known.address().id(), channel, "", handle), known.conversation(), known.standing(), null);
    }

    private void invite(String handle) {
        Arrival stranger = arrival(handle);
        town.bean(TransactionTemplate.class).executeWithoutResult(open -> pairings.invite(stranger));
    }
}
