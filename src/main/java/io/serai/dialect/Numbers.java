package io.serai.dialect;

import org.commonmark.node.OrderedList;

/** Where a numbered list begins. */
final class Numbers {

    private Numbers() {}

    static int first(OrderedList list) {
        return list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
    }
}
