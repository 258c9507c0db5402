package io.serai.dialect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/** HTML that may stand in a page or a mail whoever wrote the text, since the tree holds nothing that runs. */
final class Html implements Markup {

    private static final Map<String, String> STYLES = Map.ofEntries(
            Map.entry("p", "margin:0 0 1em"),
            Map.entry("h1", "margin:0 0 .6em;font-size:1.5em"),
            Map.entry("h2", "margin:0 0 .6em;font-size:1.3em"),
            Map.entry("h3", "margin:0 0 .6em;font-size:1.1em"),
            Map.entry("ul", "margin:0 0 1em;padding-left:1.6em"),
            Map.entry("ol", "margin:0 0 1em;padding-left:1.6em"),
            Map.entry("blockquote", "margin:0 0 1em;padding-left:.8em;border-left:3px solid #ccc;color:#555"),
            Map.entry("pre", "margin:0 0 1em;padding:.7em;background:#f4f4f4;font-family:monospace;white-space:pre-wrap"),
            Map.entry("code", "font-family:monospace"),
            Map.entry("table", "margin:0 0 1em;border-collapse:collapse"),
            Map.entry("th", "border:1px solid #ccc;padding:.3em .6em;background:#f4f4f4"),
            Map.entry("td", "border:1px solid #ccc;padding:.3em .6em"),
            Map.entry("hr", "border:0;border-top:1px solid #ccc"));

    private final HtmlRenderer renderer;

    private Html(AttributeProvider attributes, boolean boxes) {
        HtmlRenderer.Builder builder = HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto", "tel")))
                .softbreak("<br>\n")
                .attributeProviderFactory(context -> attributes)
                .nodeRendererFactory(context -> new Shown(context, boxes));
        builder.extensions(Reading.EXTENSIONS.stream().filter(extension -> boxes || !(extension instanceof TaskListItemsExtension)).toList());
        renderer = builder.build();
    }

    /** For our own page, which has a style sheet. */
    static Html web() {
        return new Html(Html::openElsewhere, true);
    }

    /** For mail clients, which know neither style sheets nor check boxes. */
    static Html email() {
        return new Html(Html::inlineStyle, false);
    }

    @Override
    public String render(Node document) {
        return renderer.render(document);
    }

    @Override
    public int least() {
        return 512;
    }

    private static void openElsewhere(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("rel", "noopener nofollow");
            attributes.put("target", "_blank");
        }
    }

    private static void inlineStyle(Node node, String tag, Map<String, String> attributes) {
        if (STYLES.containsKey(tag)) {
            String align = attributes.remove("align");
            attributes.put("style", STYLES.get(tag) + (align == null ? "" : ";text-align:" + align));
        }
    }

    private record Shown(HtmlNodeRendererContext context, boolean boxes) implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return boxes ? Set.of(Spoiler.class) : Set.of(Spoiler.class, TaskListItemMarker.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof TaskListItemMarker box) {
                context.getWriter().text(box.isChecked() ? "☑ " : "☐ ");
            }
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }
    }
}
