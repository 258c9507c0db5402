package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Home;
import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Prompt;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Adds a layer to a prompt: what its query finds, as far as the budget goes. */
@Component("recall")
class Recall {

    /** How many times its budget a layer that searches by meaning may cost when a turn reaches far back. */
    private static final int FAR = 2;

    private final Home home;
    private final Wall wall;
    private final Asking asking;
    private final PhraseBook phrases;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Cache<String, LayerFile> read = Caffeine.newBuilder().maximumSize(100).build();

    Recall(Home home, Wall wall, Asking asking, PhraseBook phrases, MeterRegistry meters, Clock clock) {
        this.home = home;
        this.wall = wall;
        this.asking = asking;
        this.phrases = phrases;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * @param name a file of {@code memory/layers}, without its ending
     * @param budget tokens the layer may cost; with what earlier layers left it may be more
     * @param upto the layer is left out once this share of the prompt's budget is spent
     */
    public Prompt recall(Prompt prompt, String name, int budget, double upto) {
        LayerFile file = read.get(home.text("memory/layers/" + name + ".sql"), text -> LayerFile.read(name, text));
        Layer layer = prompt.spent() >= upto * prompt.budget() && !file.whole()
                ? leftOut(file, budget, prompt, upto)
                : told(file, file.embeds() && Reach.isFar(prompt, phrases.of("past")) ? FAR * budget : budget, prompt);
        book(layer);
        return prompt.with(layer);
    }

    private Layer told(LayerFile file, int budget, Prompt prompt) {
        return Fit.into(budget, prompt.allowance(budget), file, find(file, prompt));
    }

    private static Layer leftOut(LayerFile file, int budget, Prompt prompt, double upto) {
        var cut = new Cut(null, "%d of %d tokens were spent; told only below %.0f %%".formatted(prompt.spent(), prompt.budget(), upto * 100));
        return new Layer(file.name(), file.heading(), file.place(), budget, List.of(), 0, List.of(cut));
    }

    /** The rate at which a layer finds something is that of the metric's counts with {@code found=true}. */
    private void book(Layer layer) {
        meters.summary("serai.layer.tokens", "layer", layer.name(), "found", String.valueOf(!layer.lines().isEmpty())).record(layer.tokens());
    }

    private List<Line> find(LayerFile file, Prompt prompt) {
        Turn turn = prompt.turn();
        Long[] shown = shown(prompt);
        if (file.recollects() && !asking.isMoreThan(turn.contact(), turn.firstMessageId(), shown)) {
            return List.of();
        }
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "conversation", turn.conversation().id(),
                "fresh", turn.conversation().freshFrom(),
                "first", turn.firstMessageId(),
                "said", turn.text(),
                "now", clock.instant().atOffset(ZoneOffset.UTC),
                "zone", turn.contact().zone().getId(),
                "shown", shown));
        if (file.embeds()) {
            parameters.putAll(asking.about(turn.contact(), turn.text()));
        }
        return wall.ask(turn.contact(), file.sql(), parameters, Recall::line);
    }

    /** The messages that stand in the prompt already. */
    private static Long[] shown(Prompt prompt) {
        return prompt.layers().stream()
                .flatMap(layer -> layer.lines().stream())
                .map(Line::source)
                .filter(source -> source.startsWith("message:"))
                .map(source -> Long.valueOf(source.substring("message:".length())))
                .toArray(Long[]::new);
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        String role = row.getString("role");
        var at = row.getObject("at", OffsetDateTime.class);
        return new Line(row.getString("source"), role == null ? null : Role.of(role), at == null ? null : at.toInstant(),
                Objects.requireNonNullElse(row.getString("text"), ""));
    }
}
