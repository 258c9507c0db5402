package io.serai.telegram;

import io.serai.contact.Contacts;
import io.serai.message.AccountRefused;
import io.serai.message.AddressGone;
import io.serai.message.Later;
import io.serai.message.NotSent;
import io.serai.message.Parcel;
import io.serai.message.Refused;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Sends a parcel to a chat. What the Bot API refuses it surely did not do, so that a refused form can be followed by a simpler one; when no answer
 * comes at all nobody knows, and nothing is sent twice.
 */
@Component("sendMessage")
class SendMessage {

    /** How the Bot API names a chat that takes nothing any more, as a part of "Bad Request: ...". */
    private static final List<String> GONE = List.of("chat not found", "peer_id_invalid", "user not found", "deactivated", "chat_id is empty", "kicked");

    private final Bots bots;
    private final Contacts contacts;
    private final Floodgate floodgate;
    private final Typing typing;

    SendMessage(Bots bots, Contacts contacts, Floodgate floodgate, Typing typing) {
        this.bots = bots;
        this.contacts = contacts;
        this.floodgate = floodgate;
        this.typing = typing;
    }

    /**
     * @return the id of the message in its chat
     * @throws Later when Telegram said when to come back, or the chat has had its share of this minute
     * @throws NotSent when there was no connection, or Telegram failed and said so
     * @throws AccountRefused when the bot is not let in
     * @throws AddressGone when the chat takes nothing more
     * @throws Refused when Telegram will never take this
     * @throws Unreachable when nobody knows
     */
    public String sendMessage(Parcel parcel) {
        Bot bot = bots.find(parcel.to().account()).orElseThrow(() ->
                new AccountRefused(Bots.CHANNEL, parcel.to().account(), "there is no bot of this name: see serai.telegram in application.yaml", null));
        typing.end(parcel.to());
        floodgate.enter(bot.name(), parcel.to().handle());
        Draft draft = Draft.of(parcel);
        while (true) {
            try {
                return bot.api().call("sendMessage", draft.parameters()).path("message_id").asText();
            } catch (Rejected no) {
                draft = another(parcel, draft, no);
            } catch (Unreachable silent) {
                throw silent.isUntouched() ? new NotSent(silent.getMessage(), silent) : silent;
            }
        }
    }

    /** Another form in which it may be taken; each is tried once. */
    private Draft another(Parcel parcel, Draft draft, Rejected no) {
        if (no.code() == 400 && no.movedTo() != 0 && !draft.chat().equals(String.valueOf(no.movedTo()))) {
            contacts.moved(Bots.CHANNEL, parcel.to().account(), draft.chat(), String.valueOf(no.movedTo()));
            return draft.to(no.movedTo());
        }
        if (no.code() == 400 && no.says("can't parse entities") && draft.html()) {
            return draft.plain(parcel);
        }
        if (no.code() == 400 && no.says("thread not found") && draft.spot().topic() != 0) {
            return draft.withoutTopic();
        }
        throw judge(parcel, no);
    }

    private RuntimeException judge(Parcel parcel, Rejected no) {
        if (no.code() == 429) {
            boolean whole = floodgate.close(parcel.to().account(), parcel.to().handle(), no.retryAfter());
            return whole ? new Later(no.getMessage(), no.retryAfter(), false, no) : Later.here(no.getMessage(), no.retryAfter(), no);
        }
        if (no.isOfTheBot()) {
            return new AccountRefused(Bots.CHANNEL, parcel.to().account(), no.getMessage(), no);
        }
        if (no.code() == 403 || no.code() == 400 && GONE.stream().anyMatch(no::says)) {
            return new AddressGone(no.getMessage(), no);
        }
        return no.code() >= 500 ? new NotSent(no.getMessage(), no) : new Refused(no.getMessage(), no);
    }
}
