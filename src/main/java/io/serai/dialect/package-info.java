/** How Markdown is told on each channel: one renderer per dialect over the tree, and a long text in parts that each channel takes. Knows only commonmark. */
package io.serai.dialect;
