package io.serai.dialect;

import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/**
 * What {@code <} begins: an address in angle brackets, or a line break as models write it in tables. Everything else is the character itself,
 * so that no tree ever holds HTML of a model.
 */
final class Angle implements InlineContentParser {

    private static final int LONGEST = 2_000;
    private static final Pattern BREAK = Pattern.compile("(?i)br\\s*/?");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?://|mailto:|tel:)[^\\s<>]+");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]+(\\.[\\w-]+)+");

    @Override
    public ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        scanner.next();
        Position after = scanner.position();
        String inside = inside(scanner);
        if (inside != null && BREAK.matcher(inside).matches()) {
            return ParsedInline.of(new HardLineBreak(), scanner.position());
        }
        if (inside != null && (ADDRESS.matcher(inside).matches() || MAIL.matcher(inside).matches())) {
            Link link = new Link(ADDRESS.matcher(inside).matches() ? inside : "mailto:" + inside, null);
            link.appendChild(new Text(inside));
            return ParsedInline.of(link, scanner.position());
        }
        return ParsedInline.of(new Text("<"), after);
    }

    private static String inside(Scanner scanner) {
        var inside = new StringBuilder();
        while (scanner.hasNext() && inside.length() < LONGEST) {
            char next = scanner.peek();
            scanner.next();
            if (next == '>') {
                return inside.toString();
            }
            if (next == '<' || next == '\n') {
                return null;
            }
            inside.append(next);
        }
        return null;
    }

    static final class Factory implements InlineContentParserFactory {

        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('<');
        }

        @Override
        public InlineContentParser create() {
            return new Angle();
        }
    }
}
