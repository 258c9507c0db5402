package io.serai.message;

/** A contact's handle on a channel: where a parcel goes. */
public record Address(long id, String channel, String account, String handle) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Address[id=%d, channel=%s, account=%s]".formatted(id, channel, account);
    }
}
