package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Role;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FitTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final List<Line> newestFirst = IntStream.range(0, 10)
            .mapToObj(age -> new Line("message:" + (10 - age), Role.USER, NOON.minusSeconds(age), "one two three four five six seven eight"))
            .toList();

    @Test
    void keepsTheBestLinesAndSaysHowManyAreLeftOut() {
        Layer layer = Fit.into(100, file(Layer.Place.TURN), newestFirst);
        assertThat(layer.lines()).hasSize(5).startsWith(newestFirst.getFirst());
        assertThat(layer.tokens()).isLessThanOrEqualTo(100);
        assertThat(layer.cut()).contains("5 of 10");
    }

    @Test
    void tellsATalkInTheOrderInWhichItWasSaid() {
        Layer layer = Fit.into(60, file(Layer.Place.TALK), newestFirst);
        assertThat(layer.lines()).extracting(Line::source).containsExactly("message:8", "message:9", "message:10");
    }

    @Test
    void cutsNothingWhenAllFits() {
        assertThat(Fit.into(1000, file(Layer.Place.TURN), newestFirst).cut()).isNull();
    }

    private static LayerFile file(Layer.Place place) {
        return new LayerFile("some", "Some", place, "select 1");
    }
}
