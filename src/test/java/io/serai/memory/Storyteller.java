package io.serai.memory;

import io.serai.contact.Contacts;
import io.serai.contact.Contacts.Known;
import io.serai.database.Volley;
import io.serai.memory.Recollections.Recollection;
import io.serai.message.Arrival;
import io.serai.message.Contact;
import io.serai.message.Inbound;
import io.serai.message.Message;
import io.serai.message.Reply;
import io.serai.message.Standing;
import io.serai.message.Turn;
import io.serai.message.Verdict;
import io.serai.town.Town;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets people have said things long ago: whole talks, written and made findable by the hub's own code, without a model that answers. */
public final class Storyteller {

    private static final String CHANNEL = "story";

    /** What somebody said; {@code ours} when we did. */
    public record Said(String speaker, boolean ours, Instant at, String text) {}

    /** A talk as the transcript has it: the ids in the order of what was said. */
    public record Story(Contact contact, List<Long> messages) {}

    /** What text means; something that remembers vectors may stand between. */
    public interface Meaning {
        float[] of(String text);
    }

    private final Town town;
    private final Meaning meaning;
    private final Embeddings embeddings;
    private final Recollections recollections;
    private final PhraseBook phrases;

    public Storyteller(Town town) {
        this(town, meaning(town));
    }

    /** What text means to the hub. */
    public static Meaning meaning(Town town) {
        return town.bean(Embeddings.class)::of;
    }

    public Storyteller(Town town, Meaning meaning) {
        this.town = town;
        this.meaning = meaning;
        embeddings = town.bean(Embeddings.class);
        recollections = town.bean(Recollections.class);
        phrases = town.bean(PhraseBook.class);
    }

    /** @param name what they are called */
    public Story tells(String name, List<Said> talk) {
        Known known = town.bean(Contacts.class).meet(CHANNEL, "", UUID.randomUUID().toString(), name, "main");
        List<Long> ids = new ArrayList<>();
        for (Said said : talk) {
            ids.add(said.ours() ? answer(known, said) : hear(known, said));
        }
        var found = recollections.missing(known.conversation().id(), ids.getLast()).stream().map(this::recollection).toList();
        recollections.add(found);
        return new Story(known.contact(), ids);
    }

    private long hear(Known known, Said said) {
        var inbound = new Inbound(CHANNEL, "", known.address().handle(), UUID.randomUUID().toString(), said.speaker(), said.text(), List.of(), null, null, said.at(), null);
        return town.bean(Transcript.class).write(new Arrival(inbound, known.contact(), known.address(), known.conversation(), Standing.NEW, Verdict.ANSWERED), null).orElseThrow().id();
    }

    private long answer(Known known, Said said) {
        var turn = new Turn(known.contact(), known.conversation(), known.address(), List.of(), null);
        var id = new AtomicLong();
        var volley = new Volley();
        town.bean(Transcript.class).write(volley, Reply.to(turn, said.text(), said.speaker()), written -> id.set(written.id()));
        volley.fire(town.bean(JdbcTemplate.class));
        town.sql().sql("update message set said_at = :at where id = :id").param("at", said.at().atOffset(ZoneOffset.UTC)).param("id", id.get()).update();
        return id.get();
    }

    private Recollection recollection(Message message) {
        return new Recollection(message.id(), message.text(), Tags.of(message.text(), phrases::of), meaning.of(message.text()));
    }

    /** Has it known what a text means, so that a search need not find out. */
    public void meaning(String text) {
        embeddings.of(text);
    }

    /** The search as the hub has it. */
    public List<Found> search(Contact contact, String question, int most) {
        return town.bean(Search.class).search(contact, question, most);
    }

    /**
     * The search with a layer that was changed.
     *
     * @param namesOut whether the names of those who take part are taken out of the question
     */
    public List<Found> search(Contact contact, String question, int most, boolean namesOut, UnaryOperator<String> change) {
        var file = LayerFile.read("recall", change.apply(town.bean(io.serai.Home.class).text("memory/layers/recall.sql")));
        Map<String, Object> asked = new HashMap<>(town.bean(Asking.class).about(contact, question));
        if (!namesOut) {
            asked.putAll(Map.of("asked", question, "names", "", "embedding", embeddings.of(question), "signs", Planes.signs(embeddings.of(question)), "planes",
                    Planes.of(embeddings.of(question))));
        }
        return town.bean(Search.class).search(contact, file, asked, most);
    }
}
