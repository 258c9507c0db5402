package io.serai.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Replies as HTML that may stand in a page whoever wrote them: no HTML of theirs, no address that runs, and nothing that is fetched by
 * being looked at, since an image's address can carry out what was said.
 */
@Component
class Markdown {

    private final Parser parser;
    private final HtmlRenderer renderer;

    Markdown() {
        List<Extension> extensions =
                List.of(TablesExtension.create(), StrikethroughExtension.create(), TaskListItemsExtension.create());
        parser = Parser.builder().extensions(extensions).build();
        renderer = HtmlRenderer.builder()
                .extensions(extensions)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto", "tel")))
                .softbreak("<br>\n")
                .attributeProviderFactory(context -> Markdown::openElsewhere)
                .nodeRendererFactory(ImageAsLink::new)
                .build();
    }

    String html(String markdown) {
        try {
            return renderer.render(parser.parse(markdown));
        } catch (StackOverflowError tooDeep) {
            // commonmark recurses as deep as the text nests and has no limit of its own; nobody writes so deep but to make it fail.
            return "<p>" + HtmlUtils.htmlEscape(markdown) + "</p>\n";
        }
    }

    private static void openElsewhere(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("rel", "noopener nofollow");
            attributes.put("target", "_blank");
        }
    }

    private record ImageAsLink(HtmlNodeRendererContext context) implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Image.class);
        }

        @Override
        public void render(Node node) {
            Link link = new Link(((Image) node).getDestination(), ((Image) node).getTitle());
            for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
                link.appendChild(child);
            }
            context.render(link);
        }
    }
}
