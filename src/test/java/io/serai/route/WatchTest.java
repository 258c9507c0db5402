package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.WrongSetting;
import org.junit.jupiter.api.Test;

class WatchTest {

    /** As YAML hands over {@code reload: off}. */
    @Test
    void takesAnOffWithoutQuotes() {
        assertThat(new Watch(null, "false").mode()).isEqualTo(Watch.Mode.OFF);
        assertThat(new Watch(null, "off").mode()).isEqualTo(Watch.Mode.OFF);
        assertThat(new Watch(null, "Manual").mode()).isEqualTo(Watch.Mode.MANUAL);
    }

    @Test
    void saysWhichModesThereAre() {
        assertThatThrownBy(() -> new Watch(null, "wach")).isInstanceOf(WrongSetting.class).hasMessage("serai.reload is watch, manual or off");
    }
}
