package io.serai.dialect;

import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.node.Nodes;
import org.commonmark.node.Text;
import org.commonmark.parser.delimiter.DelimiterProcessor;
import org.commonmark.parser.delimiter.DelimiterRun;

/** What is hidden until it is touched: {@code ||the butler||}. Only whole words are hidden, so that {@code a||b||c} stays as it is. */
final class Spoiler extends CustomNode {

    static final class Bars implements DelimiterProcessor {

        @Override
        public char getOpeningCharacter() {
            return '|';
        }

        @Override
        public char getClosingCharacter() {
            return '|';
        }

        @Override
        public int getMinLength() {
            return 2;
        }

        @Override
        public int process(DelimiterRun opening, DelimiterRun closing) {
            if (opening.length() != 2 || closing.length() != 2 || opening.canClose() || closing.canOpen()) {
                return 0;
            }
            Text opener = opening.getOpener();
            Node hidden = new Spoiler();
            for (Node node : Nodes.between(opener, closing.getCloser())) {
                hidden.appendChild(node);
            }
            opener.insertAfter(hidden);
            return 2;
        }
    }
}
