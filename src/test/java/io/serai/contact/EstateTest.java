package io.serai.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to a contact. */
class EstateTest {

    private static final ForeignKey MESSAGE = new ForeignKey("message", "contact_id", "contact", "id");
    private static final ForeignKey ANSWER = new ForeignKey("message", "answer_id", "message", "id");
    private static final ForeignKey ADDRESS = new ForeignKey("address", "contact_id", "contact", "id");
    private static final ForeignKey FRAME = new ForeignKey("frame", "reply_id", "message", "id");

    @Test
    void followsTheKeysOutwards() {
        assertThat(Estate.of(List.of(FRAME, MESSAGE)).conditions())
                .containsEntry("message", "contact_id = any (:contacts)")
                .containsEntry("frame", "reply_id in (select id from message where contact_id = any (:contacts))");
    }

    @Test
    void takesWhatBelongsByAnyOfItsKeys() {
        var parcel = List.of(MESSAGE, ADDRESS, new ForeignKey("parcel", "reply_id", "message", "id"), new ForeignKey("parcel", "address_id", "address", "id"));

        assertThat(Estate.of(parcel).conditions().get("parcel"))
                .isEqualTo("id in (select id from parcel where reply_id in (select id from message where contact_id = any (:contacts))"
                        + " union all select id from parcel where address_id in (select id from address where contact_id = any (:contacts)))");
    }

    @Test
    void putsATableBehindThoseItsRowsName() {
        var keys = List.of(FRAME, new ForeignKey("message", "address_id", "address", "id"), ANSWER, MESSAGE, ADDRESS);

        assertThat(Estate.of(keys).conditions().keySet()).containsExactly("contact", "address", "message", "frame");
    }

    @Test
    void leavesAloneWhatIsNobodys() {
        assertThat(Estate.of(List.of(MESSAGE, new ForeignKey("token", "staff", "staff", "name"))).conditions()).doesNotContainKeys("token", "staff");
    }

    @Test
    void refusesACircleOfTables() {
        var circle = List.of(MESSAGE, new ForeignKey("mark", "message_id", "message", "id"), new ForeignKey("message", "mark_id", "mark", "id"));

        assertThatThrownBy(() -> Estate.of(circle)).hasMessageContaining("circle");
    }
}
