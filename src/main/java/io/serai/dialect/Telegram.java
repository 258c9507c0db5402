package io.serai.dialect;

import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * HTML as the Bot API reads it (parse_mode HTML, core.telegram.org/bots/api#html-style): only its few tags, quotes that do not nest, tables as
 * aligned text. It counts 4 096 UTF-16 units after the entities have been read, so tags cost nothing and {@code &lt;} costs one.
 */
final class Telegram extends Flow {

    /** What it makes a link of; of any other only the words would be left. */
    private static final Pattern LINK = Pattern.compile("(?i)https?://([^/?#@]*@)?[^/?#@:]+[.][^/?#@:]+([:/?#].*)?");

    @Override
    String text(String literal) {
        return escape(literal);
    }

    @Override
    String strong(Node node, String inner) {
        return "<b>" + inner + "</b>";
    }

    @Override
    String emphasis(Node node, String inner) {
        return "<i>" + inner + "</i>";
    }

    @Override
    String strike(Node node, String inner) {
        return "<s>" + inner + "</s>";
    }

    @Override
    String spoiler(String inner) {
        return "<tg-spoiler>" + inner + "</tg-spoiler>";
    }

    @Override
    String code(String literal) {
        return "<code>" + escape(literal) + "</code>";
    }

    @Override
    String link(String destination, String inner) {
        String address = escape(destination);
        return LINK.matcher(destination).matches() ? "<a href=\"" + address + "\">" + inner + "</a>" : spelt(address, inner);
    }

    @Override
    String heading(Heading heading, String inner) {
        return inner.isBlank() ? "" : heading.getLevel() == 1 ? "<b><u>" + inner + "</u></b>" : "<b>" + inner + "</b>";
    }

    @Override
    String quote(BlockQuote quote, String inner) {
        return inner.isBlank() || isWithin(BlockQuote.class, quote) ? inner : "<blockquote>" + inner + "</blockquote>";
    }

    @Override
    String codeBlock(String language, String literal) {
        String code = escape(literal);
        return literal.isBlank() ? "" : language == null ? "<pre>" + code + "</pre>"
                : "<pre><code class=\"language-" + escape(language) + "\">" + code + "</code></pre>";
    }

    @Override
    String table(Grid grid) {
        return "<pre>" + escape(grid.aligned()) + "</pre>";
    }

    @Override
    public int size(String rendered) {
        int size = 0;
        for (int i = 0; i < rendered.length(); i++) {
            char c = rendered.charAt(i);
            if (c == '<') {
                i = rendered.indexOf('>', i);
            } else {
                i = c == '&' ? rendered.indexOf(';', i) : i;
                size++;
            }
        }
        return size;
    }

    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
