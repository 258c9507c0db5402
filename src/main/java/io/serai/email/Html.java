package io.serai.email;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** HTML of a mail as text: what its reader sees, and nothing of what is hidden from them. */
class Html {

    private static final Set<String> BLOCKS = Set.of("p", "div", "tr", "table", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4",
            "h5", "h6", "hr", "section", "article", "header", "footer", "address", "dl", "dt", "dd", "center", "form");
    private static final Set<String> PARAGRAPHS = Set.of("p", "table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6");
    private static final Pattern HIDDEN = Pattern.compile(
            "display:none|visibility:hidden|font-size:0(px|pt|em|%)?(;|$)|opacity:0(\\.0+)?(;|$)|max-height:0(px)?(;|$)|mso-hide:all");

    /** What the mail clients put around what they quote: Gmail, Apple Mail, Thunderbird, Yahoo, Proton, Zimbra, GMX. */
    private static final String QUOTES = ".gmail_quote, blockquote[type=cite], .moz-cite-prefix, .yahoo_quoted, .protonmail_quote, "
            + ".gmail_attr, .zmail_extra, div[name=quote], .ms-outlook-quote, .tutanota_quote";
    private static final String SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #signature, #ms-outlook-mobile-signature, "
            + "#AppleMailSignature, .protonmail_signature_block, #x_Signature, .gmail_signature_prefix";
    /** Where Outlook begins to quote: everything from here on is what came before. */
    private static final String OUTLOOK = "#appendonsend, #divRplyFwdMsg, #x_divRplyFwdMsg, #mail-editor-reference-message-container, "
            + "div[style*=border-top:solid], div[style*=border-top: solid]";

    private Html() {}

    static Document parse(String html) {
        Document document = Jsoup.parse(html);
        document.select("script, style, head, title, template, noscript, object, iframe, svg").remove();
        document.select("[style]").stream().filter(element -> isHidden(element.attr("style"))).forEach(Node::remove);
        document.select("[hidden]").remove();
        return document;
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
        return HIDDEN.matcher(style.replaceAll("\\s", "").toLowerCase(Locale.ROOT)).find();
    }

    static String text(Document document) {
        var text = new StringBuilder();
        write(document.body(), text, false);
        return text.toString().replace('\u00A0', ' ').replaceAll("[ \\t]+\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
    }

    private static void write(Node node, StringBuilder out, boolean preformatted) {
        if (node instanceof TextNode text) {
            words(preformatted ? text.getWholeText() : text.getWholeText().replaceAll("[ \\t\\r\\n]+", " "), out, preformatted);
        } else if (node instanceof Element element) {
            String tag = element.normalName();
            begin(tag, out);
            element.childNodes().forEach(child -> write(child, out, preformatted || tag.equals("pre")));
            end(element, tag, out);
        }
    }

    private static void words(String words, StringBuilder out, boolean preformatted) {
        boolean lineBegins = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(!preformatted && lineBegins ? words.stripLeading() : words);
    }

    private static void begin(String tag, StringBuilder out) {
        if (BLOCKS.contains(tag)) {
            feed(out, PARAGRAPHS.contains(tag));
        }
        if (tag.equals("li")) {
            out.append("- ");
        } else if ((tag.equals("td") || tag.equals("th")) && !out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append("\t");
        }
    }

    private static void end(Element element, String tag, StringBuilder out) {
        if (tag.equals("br")) {
            out.append('\n');
        } else if (tag.equals("a") && element.attr("href").matches("(?i)https?://.*") && !element.text().contains(element.attr("href"))
                && !element.text().isBlank()) {
            out.append(" (").append(element.attr("href")).append(')');
        } else if (tag.equals("img") && !element.attr("alt").isBlank()) {
            out.append('[').append(element.attr("alt").strip()).append(']');
        } else if (BLOCKS.contains(tag)) {
            feed(out, PARAGRAPHS.contains(tag));
        }
    }

    /** Ends the line, unless one has just begun; before and after a paragraph an empty line stands. */
    private static void feed(StringBuilder out, boolean paragraph) {
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
