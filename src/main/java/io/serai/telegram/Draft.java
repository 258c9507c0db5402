package io.serai.telegram;

import io.serai.dialect.Dialect;
import io.serai.dialect.Dialects;
import io.serai.message.Parcel;
import java.util.HashMap;
import java.util.Map;

/**
 * A message as it is about to be sent.
 *
 * @param chat its id, or the @name of a channel
 * @param html whether the text is in the HTML style of the Bot API; else it is plain
 */
record Draft(String chat, String text, boolean html, Spot spot) {

    /** In UTF-16 units (Bot API, sendMessage). */
    private static final int LONGEST = 4_096;

    static Draft of(Parcel parcel) {
        return new Draft(parcel.to().handle(), Dialects.of("telegram").render(parcel.text()), true, Spot.of(parcel.thread()));
    }

    /** The same without any style; links take more room in it than in HTML. */
    Draft plain(Parcel parcel) {
        Dialect plain = Dialects.of("plain");
        return new Draft(chat, plain.render(plain.truncated(parcel.text(), LONGEST, "...")), false, spot);
    }

    /** The same to the chat that this one has become, in which messages have other ids. */
    Draft to(long otherChat) {
        return new Draft(String.valueOf(otherChat), text, html, new Spot(spot.topic(), 0));
    }

    /** The same outside of its topic, which is gone. */
    Draft withoutTopic() {
        return new Draft(chat, text, html, new Spot(0, spot.message()));
    }

    /** As parameters of sendMessage. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(spot.parameters());
        parameters.put("chat_id", chat);
        parameters.put("text", text);
        parameters.put("link_preview_options", Map.of("is_disabled", true)); // a preview of a link in passing is larger than the answer
        if (html) {
            parameters.put("parse_mode", "HTML");
        }
        return parameters;
    }
}
