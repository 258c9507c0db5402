package io.serai.message;

/** An inbound message of which we know who said it and where it belongs; not yet accepted. */
public record Arrival(Inbound inbound, Contact contact, Address address, Conversation conversation) {}
