package io.serai.web;

import java.util.UUID;

/** Someone at the page, known by nothing but a signed cookie. */
record Visitor(UUID id) {

    static final String CHANNEL = "web-chat";

    /** The handle of their address on the channel. */
    String handle() {
        return id.toString();
    }
}
