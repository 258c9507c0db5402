package io.serai.email;

import jakarta.mail.MessagingException;

/** The server does not say what is in a folder. */
class FolderUnreadable extends RuntimeException {

    FolderUnreadable(MessagingException cause) {
        super(cause.getMessage(), cause);
    }
}
