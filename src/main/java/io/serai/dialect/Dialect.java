package io.serai.dialect;

import java.util.List;
import org.commonmark.node.Document;
import org.commonmark.node.Node;

/** How Markdown is told on a kind of channel. It can be shared by all threads. */
public final class Dialect {

    private final String name;
    private final Markup markup;

    Dialect(String name, Markup markup) {
        this.name = name;
        this.markup = markup;
    }

    public String name() {
        return name;
    }

    /** The text in this dialect, whatever it is made of: HTML of the author is shown as text, an address that runs is left out. */
    public String render(String markdown) {
        return render(Reading.read(markdown));
    }

    /**
     * How much of a limit the text takes. Telegram counts UTF-16 units after the entities have been read, SMS counts segments, the others count
     * the UTF-16 units of what they render.
     */
    public int size(String markdown) {
        return size(Reading.read(markdown));
    }

    /**
     * The text in parts, each of which renders to at most {@code limit} units. It is cut between blocks, else between sentences, words and
     * graphemes; what a cut goes through is closed before it and opened again behind it. A table shows its head in every part.
     *
     * @return Markdown again; the text itself when it fits; nothing when there is nothing to be seen
     * @throws IllegalArgumentException when a single character might not fit
     */
    public List<String> parts(String markdown, int limit) {
        if (limit < markup.least()) {
            throw new IllegalArgumentException("A limit of %d is too small for the dialect '%s': at least %d.".formatted(limit, name, markup.least()));
        }
        Document document = Reading.read(markdown);
        if (!Sight.isVisible(document)) {
            return List.of();
        }
        return size(document) <= limit ? List.of(markdown) : new Parting(this, document, limit).parts();
    }

    /**
     * As much of the beginning as fits, with a notice below it.
     *
     * @param notice Markdown; said only when something had to be left out
     * @throws IllegalArgumentException when the notice leaves no room
     */
    public String truncated(String markdown, int limit, String notice) {
        if (size(markdown) <= limit) {
            return markdown;
        }
        int room = limit;
        String head = head(markdown, room, notice);
        for (int over = size(head) - limit; over > 0; over = size(head) - limit) {
            room -= over;
            head = head(markdown, room, notice);
        }
        return head;
    }

    private String head(String markdown, int room, String notice) {
        return parts(markdown, room).stream().findFirst().map(first -> first + "\n\n" + notice).orElse(notice);
    }

    String render(Node document) {
        return markup.render(document);
    }

    int size(Node document) {
        return markup.size(markup.render(document));
    }

    int reach(int limit) {
        return markup.reach(limit);
    }
}
