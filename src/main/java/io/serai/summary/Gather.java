package io.serai.summary;

import io.serai.message.Contact;
import io.serai.message.Digest;
import io.serai.message.Message;
import io.serai.message.Reading;
import io.serai.message.Reply;
import io.serai.think.Models;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Lays out what is to be told in short: after some messages, after some turns or when the window of the model fills (then the talk is compacted), when a
 * conversation has gone quiet, and when somebody wants it.
 */
@Component("gather")
class Gather {

    private final Summaries summaries;
    private final Models models;
    private final SummarySettings settings;
    private final Clock clock;

    Gather(Summaries summaries, Models models, SummarySettings settings, Clock clock) {
        this.summaries = summaries;
        this.models = models;
        this.settings = settings;
        this.clock = clock;
    }

    public Digest gather(Reply reply) {
        boolean byRules = models.isOffline("small");
        Digest digest = digest(reply, byRules, !byRules);
        return digest.reading().messages().size() < Summaries.MOST ? digest : digest(reply, byRules, false);
    }

    /** @param anew whether what had to do without a model is told anew; not when that is so much that there would be no end to it */
    private Digest digest(Reply reply, boolean byRules, boolean anew) {
        Contact contact = reply.turn().contact();
        long conversation = reply.turn().conversation().id();
        Optional<Summaries.Summary> before = summaries.latest(contact.id(), conversation, anew);
        long since = before.map(Summaries.Summary::upTo).orElse(0L);
        Summaries.Talk talk = summaries.talk(contact.id(), conversation, settings.keep());
        List<Message> said = settings.every() == 0 && !talk.wanted() ? List.of() : summaries.since(contact.id(), conversation, since, reply.id());
        boolean full = talk.turns() >= settings.turns() || talk.tokens() > settings.window() * models.window("main");
        boolean due = said.size() >= settings.every() || full && talk.keptFrom() > 0 || isQuiet(talk) || talk.wanted();
        var reading = new Reading(contact, conversation, due ? said : List.of(), since, byRules, Map.of(), null);
        return new Digest(reading, before.map(Summaries.Summary::text).orElse(""), before.map(Summaries.Summary::kept).orElse(List.of()),
                full ? Math.min(talk.keptFrom(), reading.upTo()) : 0, byRules, settings.words(), models.leastWindow("small") / 2);
    }

    private boolean isQuiet(Summaries.Talk talk) {
        return talk.lastAt() != null && talk.lastAt().isBefore(clock.instant().minus(settings.idle()));
    }
}
