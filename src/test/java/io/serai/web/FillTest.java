package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Address;
import io.serai.message.Parcel;
import org.junit.jupiter.api.Test;

class FillTest {

    private static final Parcel PARCEL = new Parcel(5, 4, 3, new Address(2, "mattermost", "", "town-square"), 1,
            "He said: \"Hi\",\n{/to/handle} \\ ${x}", null, false, null);

    private final Fill fill = new Fill(new ObjectMapper());

    @Test
    void writesWhatAParcelSaysAsTextWhateverStandsInIt() {
        assertThat(fill.fill(PARCEL, """
                {"channel": "{/to/handle}", "text": "{/text}", "root": "{/thread}", "props": {"from": ["hub", "{/id}"]}, "silent": false}
                """)).isEqualTo("{\"channel\":\"town-square\",\"text\":\"He said: \\\"Hi\\\",\\n{/to/handle} \\\\ ${x}\",\"root\":\"\","
                        + "\"props\":{\"from\":[\"hub\",\"5\"]},\"silent\":false}");
    }

    /** Camel makes one of it before the stage is called. */
    @Test
    void takesALineEndInATextForOne() {
        assertThat(fill.fill(PARCEL, "{\"text\": \"{/to/handle}\n-- us\"}")).isEqualTo("{\"text\":\"town-square\\n-- us\"}");
    }

    @Test
    void refusesATemplateThatIsNoJson() {
        assertThatThrownBy(() -> fill.fill(PARCEL, "{\"text\": {/text}}")).isInstanceOf(IllegalArgumentException.class);
    }
}
