package io.serai.memory;

import io.serai.message.Contact;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** What a text asks for, as the parameters of a search by meaning and by words. */
@Component
class Asking {

    /** Lines a layer may get; its budget leaves fewer. */
    private static final int ENOUGH = 20;

    private final Wall wall;
    private final Embeddings embeddings;
    private final PhraseBook phrases;

    Asking(Wall wall, Embeddings embeddings, PhraseBook phrases) {
        this.wall = wall;
        this.embeddings = embeddings;
        this.phrases = phrases;
    }

    /**
     * The parameters {@code asked}, {@code names}, {@code pieces}, {@code legible}, {@code embedding}, {@code signs}, {@code planes}, {@code named},
     * {@code dated} and {@code most}.
     */
    Map<String, Object> about(Contact contact, String said) {
        Question question = Question.of(said, names(contact));
        float[] embedding = embeddings.of(question.text());
        String planes = Planes.of(embedding);
        return Map.of(
                "asked", Unspaced.without(question.text()),
                "names", question.names(),
                "pieces", Unspaced.pieces(question.text()).toArray(String[]::new),
                "legible", Unspaced.spaced(question.text()), // the embedding model tells little about the rest
                "embedding", embedding,
                "signs", planes.substring(0, embedding.length),
                "planes", planes,
                "named", question.named().toArray(String[]::new),
                "dated", phrases.of("when").in(question.text()),
                "most", ENOUGH);
    }

    private Set<String> names(Contact contact) {
        Set<String> names = new TreeSet<>(wall.ask(contact, "select name from speaker where contact_id = :contact", Map.of(), (row, number) -> row.getString(1)));
        if (contact.name() != null) {
            names.add(contact.name());
        }
        return names;
    }
}
