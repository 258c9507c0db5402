package io.serai.email;

import java.time.Instant;

/**
 * A mail as it lies in a mailbox; the body that {@code routes/receive/email.yaml} begins with.
 *
 * @param mailbox its name in the settings
 * @param arrivedAt when our mail server took it
 */
record Letter(String mailbox, byte[] bytes, Instant arrivedAt) {

    @Override
    public String toString() {
        return "a mail of " + bytes.length + " bytes in " + mailbox;
    }
}
