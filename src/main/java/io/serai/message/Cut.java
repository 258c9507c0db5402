package io.serai.message;

/**
 * Something that a layer does not tell.
 *
 * @param source the line it is about, or null when it is about the whole layer
 */
public record Cut(String source, String reason) {}
