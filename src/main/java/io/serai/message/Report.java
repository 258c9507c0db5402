package io.serai.message;

/** Something an admin should know that needs nobody at once. */
public record Report(String text) {}
