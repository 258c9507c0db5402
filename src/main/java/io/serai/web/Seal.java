package io.serai.web;

import org.springframework.http.HttpHeaders;

/** How the callers of one hook prove who they are. */
interface Seal {

    /** Whether the headers prove that the content is from somebody who knows the secret, and was sent just now. */
    boolean fits(HttpHeaders headers, byte[] content);

    /** The header that carries the caller's own id of a message. */
    String idHeader();
}
