package io.serai.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/**
 * Takes out of a tree what could do harm, and brings what is written in two ways into one. An image becomes a link: its address would be fetched
 * by being looked at, and can carry out what was said. A link to anything but the web, a mailbox or a telephone loses its address.
 */
final class Cleaning {

    private static final Pattern SAFE = Pattern.compile("(?i)(https?://|mailto:|tel:)[^\\s\\p{Cntrl}<>]+");
    private static final Pattern LANGUAGE = Pattern.compile("[\\w+#.-]{1,40}");

    private Cleaning() {}

    static void clean(Node parent) {
        Node node = parent.getFirstChild();
        while (node != null) {
            Node next = node.getNext();
            clean(node);
            switch (node) {
                case LinkReferenceDefinition resolved -> resolved.unlink();
                case IndentedCodeBlock code -> replace(code, fenced(code.getLiteral(), null));
                case FencedCodeBlock code -> replace(code, fenced(code.getLiteral(), code.getInfo()));
                case Image image -> link(image, image.getDestination());
                case Link link -> link(link, link.getDestination());
                case Text text when text.getLiteral().isEmpty() -> text.unlink();
                default -> { }
            }
            node = next;
        }
    }

    private static FencedCodeBlock fenced(String literal, String info) {
        FencedCodeBlock code = new FencedCodeBlock();
        code.setLiteral(literal);
        Matcher language = LANGUAGE.matcher(info == null ? "" : info);
        code.setInfo(language.lookingAt() ? language.group() : null);
        return code;
    }

    private static void link(Node node, String destination) {
        if (!SAFE.matcher(destination).matches() || isInLink(node)) {
            unwrap(node);
            return;
        }
        Link link = new Link(destination, null);
        adopt(link, node);
        if (link.getFirstChild() == null) {
            link.appendChild(new Text(destination));
        }
        replace(node, link);
    }

    private static boolean isInLink(Node node) {
        for (Node above = node.getParent(); above != null; above = above.getParent()) {
            if (above instanceof Link || above instanceof Image) {
                return true;
            }
        }
        return false;
    }

    private static void replace(Node old, Node young) {
        old.insertBefore(young);
        old.unlink();
    }

    private static void unwrap(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
            node.insertBefore(child);
        }
        node.unlink();
    }

    private static void adopt(Node parent, Node from) {
        for (Node child = from.getFirstChild(); child != null; child = from.getFirstChild()) {
            parent.appendChild(child);
        }
    }
}
