package io.serai.message;

/** Something that needs a person. */
public record Alert(String text) {}
