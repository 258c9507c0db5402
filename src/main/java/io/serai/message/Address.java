package io.serai.message;

/** A contact's handle on a channel: where a parcel goes. */
public record Address(long id, String channel, String account, String handle) {}
