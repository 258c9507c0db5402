package io.serai.email;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** HTML of a mail as text: what its reader sees, and nothing of what is hidden from them. */
class Html {

    private static final Set<String> BLOCKS = Set.of("p", "div", "tr", "table", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4",
            "h5", "h6", "hr", "section", "article", "header", "footer", "address", "dl", "dt", "dd", "center", "form");
    private static final Set<String> PARAGRAPHS = Set.of("p", "table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6");
    private static final Pattern HIDDEN = Pattern.compile(
            "display:none|visibility:hidden|opacity:0(\\.0+)?(;|$)|max-height:0(px)?(;|$)");
    private static final Pattern SIZE = Pattern.compile("(?:^|;)font(?:-size)?:([^;]++)");
    private static final Pattern NO_SIZE = Pattern.compile("[0.]++(?:[a-z%/!].*)?");
    /** In terms of what is around it. */
    private static final Pattern RELATIVE_SIZE = Pattern.compile("[\\d.]++(?:em|ex|ch|%)(?:[/!].*)?|(?:larger|smaller|inherit|unset|revert).*");

    /** What the mail clients put around what they quote: Gmail, Apple Mail, Thunderbird, Yahoo, Proton, Zimbra, GMX. */
    private static final String QUOTES = ".gmail_quote, blockquote[type=cite], .moz-cite-prefix, .yahoo_quoted, .protonmail_quote, "
            + ".gmail_attr, .zmail_extra, div[name=quote], .ms-outlook-quote, .tutanota_quote";
    private static final String SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #signature, #ms-outlook-mobile-signature, "
            + "#AppleMailSignature, .protonmail_signature_block, #x_Signature, .gmail_signature_prefix";
    /** Where Outlook begins to quote: everything from here on is what came before. */
    private static final String OUTLOOK = "#appendonsend, #divRplyFwdMsg, #x_divRplyFwdMsg, #mail-editor-reference-message-container, "
            + "div[style*=border-top:solid], div[style*=border-top: solid]";

    /** Browsers take no more either. */
    private static final int LONGEST_LINK = 2_000;

    private Html() {}

    static int tags(String html) {
        return (int) html.chars().filter(c -> c == '<').count();
    }

    /** As far as it has so many tags. */
    static String first(int tags, String html) {
        int at = html.indexOf('<');
        for (int i = 0; at >= 0 && i < tags; i++) {
            at = html.indexOf('<', at + 1);
        }
        return at < 0 ? html : html.substring(0, at);
    }

    static Document parse(String html) {
        Document document = Jsoup.parse(html);
        document.select("script, style, head, title, template, noscript, object, iframe, svg").remove();
        document.select("[style]").stream().filter(element -> isHidden(element.attr("style"))).forEach(Node::remove);
        document.select("[hidden]").remove();
        document.traverse(new Sizes());
        return document;
    }

    /** Whether there are words in it, hidden or not. */
    static boolean hasWords(String html) {
        return !Jsoup.parse(html).body().text().isBlank();
    }

    /** Takes out what was quoted and the signatures. */
    static void cutQuotes(Document document) {
        document.select(QUOTES).remove();
        document.select(SIGNATURES).remove();
        Element outlook = document.selectFirst(OUTLOOK);
        if (outlook != null) {
            cutFrom(outlook);
        }
    }

    private static void cutFrom(Element first) {
        for (Node node = first; node != null && node.parentNode() != null; node = node.parentNode()) {
            while (node.nextSibling() != null) {
                node.nextSibling().remove();
            }
        }
        first.remove();
    }

    private static boolean isHidden(String style) {
        return HIDDEN.matcher(bare(style)).find();
    }

    private static String bare(String style) {
        return style.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    static String text(Document document) {
        var words = new Words();
        document.body().traverse(words);
        return words.out.toString().replace('\u00A0', ' ').replaceAll("(?<![ \\t])[ \\t]++\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
    }

    /** Empties what has no size. What lies around a text may have none, and the text its own: so shops and forms close the gaps between their pictures. */
    private static final class Sizes implements NodeVisitor {

        /** Whether words would be seen, for each element that is open. */
        private final Deque<Boolean> seen = new ArrayDeque<>(List.of(true));

        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element) {
                seen.push(isSeen(element, seen.peek()));
            } else if (node instanceof TextNode text && !seen.peek()) {
                text.text("");
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element) {
                seen.pop();
            }
        }

        private static boolean isSeen(Element element, boolean around) {
            String size = SIZE.matcher(bare(element.attr("style"))).results().map(found -> found.group(1)).reduce((one, last) -> last)
                    .orElse(element.normalName().equals("font") && element.hasAttr("size") ? "medium" : "inherit");
            return !NO_SIZE.matcher(size).matches() && (around || !RELATIVE_SIZE.matcher(size).matches());
        }
    }

    /** Is led through the nodes in a loop: elements may be nested deeper than the stack is. */
    private static final class Words implements NodeVisitor {

        private final StringBuilder out = new StringBuilder();
        private int preformatted;
        /** The innermost one that is open. */
        private Element link;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
                say(preformatted > 0 ? text.getWholeText() : text.getWholeText().replaceAll("[ \\t\\r\\n]+", " "));
            } else if (node instanceof Element element) {
                begin(element, element.normalName());
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                end(element, element.normalName());
            }
        }

        private void say(String words) {
            boolean lineBegins = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
            out.append(preformatted == 0 && lineBegins ? words.stripLeading() : words);
        }

        private void begin(Element element, String tag) {
            if (BLOCKS.contains(tag)) {
                feed(PARAGRAPHS.contains(tag));
            }
            switch (tag) {
                case "pre" -> preformatted++;
                case "a" -> link = element;
                case "li" -> out.append("- ");
                case "td", "th" -> out.append(out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? "" : "\t");
                default -> { }
            }
        }

        private void end(Element element, String tag) {
            switch (tag) {
                case "pre" -> preformatted--;
                case "br" -> out.append('\n');
                case "img" -> out.append(element.attr("alt").isBlank() ? "" : "[" + element.attr("alt").strip() + "]");
                case "a" -> {
                    if (element == link) {
                        address(element.attr("href"), element.text());
                    }
                    link = null;
                }
                default -> { }
            }
            if (BLOCKS.contains(tag)) {
                feed(PARAGRAPHS.contains(tag));
            }
        }

        private void address(String href, String text) {
            if (href.length() <= LONGEST_LINK && href.matches("(?i)https?://.*") && !text.contains(href) && !text.isBlank()) {
                out.append(" (").append(href).append(')');
            }
        }

        /** Ends the line, unless one has just begun; before and after a paragraph an empty line stands. */
        private void feed(boolean paragraph) {
            if (out.isEmpty()) {
                return;
            }
            while (out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
                if (out.isEmpty()) {
                    return;
                }
            }
            if (out.charAt(out.length() - 1) != '\n') {
                out.append('\n');
            }
            if (paragraph && (out.length() < 2 || out.charAt(out.length() - 2) != '\n')) {
                out.append('\n');
            }
        }
    }
}
