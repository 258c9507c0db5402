package io.serai.dialect;

import org.commonmark.node.Node;

/** How one channel writes a text down, and how it counts what was written. */
interface Markup {

    String render(Node document);

    /** How much of the channel's limit this takes, in the units in which the channel counts. */
    default int size(String rendered) {
        return rendered.length();
    }

    /** At most so many characters of text can fit into a limit. */
    default int reach(int limit) {
        return limit;
    }

    /** Below this limit a single character might not fit. */
    default int least() {
        return 32;
    }
}
