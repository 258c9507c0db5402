package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Attachment;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages of Telegram read. */
class SaidTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"text": "Hello"}                                                        | Hello
            {"caption": "Our yard", "photo": [{"file_id": "1"}]}                     | Our yard
            {"text": "/new@Serai_bot"}                                               | /new
            {"text": "/remember@serai_BOT we close at noon"}                         | /remember we close at noon
            {"text": "/new@other_bot"}                                               | /new@other_bot
            {"text": "/start"}                                                       | (opens the chat)
            {"text": "/start ref42"}                                                 | (opens the chat by the link ref42)
            {"text": "/started"}                                                     | /started
            {"sticker": {"emoji": "👍"}}                                             | 👍
            {"location": {"latitude": 52.5, "longitude": 13.4}}                      | (place: 52.5, 13.4)
            {"venue": {"title": "Inn", "address": "Road 1", "location": {"latitude": 1.5, "longitude": 2}}, "location": {}} | (place: Inn, Road 1; 1.5, 2)
            {"contact": {"first_name": "Ada", "last_name": "L", "phone_number": "+49 1"}} | (contact: Ada L, +49 1)
            {"poll": {"question": "When?", "options": [{"text": "Mon"}, {"text": "Tue"}]}} | (poll: When? Mon / Tue)
            {"dice": {"emoji": "🎲", "value": 6}}                                    | (🎲: 6)
            {"text": "Look", "forward_origin": {"type": "user", "sender_user": {"first_name": "Bo"}}} | (forwarded from Bo)\\nLook
            {"text": "Look", "forward_origin": {"type": "channel", "chat": {"title": "News"}}} | (forwarded from News)\\nLook
            {"text": "Yes", "reply_to_message": {"text": "Monday?\\nOr Tuesday?", "from": {"first_name": "Serai"}}} | > Serai: Monday?\\n> Or Tuesday?\\n\\nYes
            {"text": "Yes", "quote": {"text": "Tuesday?"}, "reply_to_message": {"text": "Monday? Tuesday?"}} | > Tuesday?\\n\\nYes
            {"text": "In the topic", "reply_to_message": {"forum_topic_created": {"name": "Heat"}}} | In the topic
            {"text": "/new", "reply_to_message": {"text": "Monday?"}}                | /new
            {"text": "/new", "quote": {"text": "Tuesday?"}, "reply_to_message": {"text": "Monday? Tuesday?"}} | /new
            {"text": "/approve K7QF", "forward_origin": {"type": "user", "sender_user": {"first_name": "Eve"}}} | (forwarded from Eve)\\n/approve K7QF
            {"text": "/approve K7QF", "forward_origin": {"type": "hidden_user", "sender_user_name": " "}} | (forwarded)\\n/approve K7QF
            {"text": "/approve K7QF", "forward_origin": {"type": "of tomorrow"}}     | (forwarded)\\n/approve K7QF
            {"text": "tab\\u0000\\u0007le"}                                          | table
            {"new_chat_members": [{"first_name": "Bo"}]}                             | ``
            """)
    void saysInWordsWhatAMessageHolds(String message, String words) {
        assertThat(new Said(json(message), "Serai_bot", null).text()).isEqualTo(words.replace("\\n", "\n"));
    }

    @Test
    void namesTheAddressBehindALink() {
        assertThat(new Said(json("""
                {"text": "😀 see here, and here.", "entities": [
                  {"type": "text_link", "offset": 7, "length": 4, "url": "https://a.example"},
                  {"type": "text_link", "offset": 17, "length": 4, "url": "https://b.example"},
                  {"type": "text_link", "offset": 90, "length": 9, "url": "https://c.example"}]}"""), "x", null).text())
                .isEqualTo("😀 see here (https://a.example), and here (https://b.example).");
    }

    @Test
    void tellsWhoSpeaksWhereManyDo() {
        assertThat(new Said(json("{\"text\": \"Yes\", \"reply_to_message\": {\"text\": \"Monday?\"}}"), "x", "Bo").text()).isEqualTo("> Monday?\n\nBo: Yes");
        assertThat(new Said(json("{\"text\": \"/new@x\"}"), "x", "Bo").text()).isEqualTo("/new");
        assertThat(new Said(json("{\"photo\": []}"), "x", "Bo").text()).isEmpty();
    }

    @Test
    void cutsALongQuote() {
        String text = new Said(json("{\"text\": \"Yes\", \"reply_to_message\": {\"text\": \"" + "x".repeat(4_000) + "\"}}"), "x", null).text();
        assertThat(text).hasSizeLessThan(520).endsWith("...\n\nYes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"text": "hi @serai_BOT!", "entities": [{"type": "mention", "offset": 3, "length": 10}]}        | true
            {"text": "hi @serai_bot2", "entities": [{"type": "mention", "offset": 3, "length": 11}]}        | false
            {"text": "hi @serai_bot"}                                                                       | false
            {"caption": "@Serai_bot", "caption_entities": [{"type": "mention", "offset": 0, "length": 10}]} | true
            {"text": "/new@Serai_bot", "entities": [{"type": "bot_command", "offset": 0, "length": 14}]}    | true
            {"text": "/new", "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}               | false
            {"text": "you", "entities": [{"type": "text_mention", "offset": 0, "length": 3, "user": {"id": 42}}]} | true
            {"text": "you", "reply_to_message": {"from": {"id": 42}}}                                       | true
            {"text": "you", "reply_to_message": {"from": {"id": 43}}}                                       | false
            {"text": "x", "entities": [{"type": "mention", "offset": -5, "length": 9000000}]}               | false
            """)
    void knowsWhenItIsSpokenToInAGroup(String message, boolean addressed) {
        assertThat(new Addressed(42, "Serai_bot").by(json(message))).isEqualTo(addressed);
    }

    @Test
    void namesTheFilesOfAMessage() {
        assertThat(Enclosed.in(json("""
                {"photo": [{"file_id": "s", "file_size": 1}, {"file_id": "l", "file_size": 9}],
                 "document": {"file_id": "d", "file_name": "a\\u0000\\n/../b.pdf", "mime_type": "application/pdf", "file_size": 7},
                 "voice": {"file_id": "v", "mime_type": "audio/ogg"}}""")))
                .containsExactly(
                        new Attachment("photo.jpg", "image/jpeg", 9, "telegram:l"),
                        new Attachment("a /../b.pdf", "application/pdf", 7, "telegram:d"),
                        new Attachment("voice.ogg", "audio/ogg", 0, "telegram:v"));
    }

    @Test
    void readsTheSpotItWrote() {
        assertThat(Spot.of(json("{\"message_id\": 7, \"is_topic_message\": true, \"message_thread_id\": 3}"), true).thread()).isEqualTo("3/7");
        assertThat(Spot.of(json("{\"message_id\": 7, \"message_thread_id\": 3}"), true).thread()).isEqualTo("/7");
        assertThat(Spot.of(json("{\"message_id\": 7}"), false).thread()).isNull();
        assertThat(Spot.of("3/7")).isEqualTo(new Spot(3, 7));
        assertThat(Spot.of("/7")).isEqualTo(new Spot(0, 7));
        assertThat(Spot.of("../7; drop")).isEqualTo(new Spot(0, 0));
        assertThat(Spot.of((String) null)).isEqualTo(new Spot(0, 0));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
