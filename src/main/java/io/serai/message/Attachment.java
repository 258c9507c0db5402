package io.serai.message;

/**
 * A file that came with a message.
 *
 * @param name the name its sender gave it; hostile, never a path
 * @param type its media type as declared
 * @param size in bytes
 * @param place where the bytes are kept (a URI of the channel or of our store), or null when they were not kept
 */
public record Attachment(String name, String type, long size, String place) {}
