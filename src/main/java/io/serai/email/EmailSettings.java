package io.serai.email;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** The mailboxes that are read and written from, by name. */
@Validated
@ConfigurationProperties("serai")
record EmailSettings(@DefaultValue Map<String, @Valid Mailbox> email) {

    /**
     * @param address what people write to and answers come from
     * @param name what stands beside it; may be empty
     * @param user for IMAP and SMTP; empty: the address
     * @param password for both; empty: SMTP without login
     * @param folder what is read
     * @param authservId the name our mail server writes into Authentication-Results; empty: no sender is verified
     * @param poll pause between two looks
     * @param backlog at the very first look, how old an unread mail may be to be answered still
     * @param maxSize a larger mail is put aside
     * @param perHour automatic answers to one sender within an hour
     * @param perDay and within a day
     */
    record Mailbox(
            String address,
            String name,
            String user,
            String password,
            @DefaultValue @NotNull @Valid Server imap,
            @DefaultValue @NotNull @Valid Server smtp,
            @DefaultValue("INBOX") @NotNull String folder,
            String authservId,
            @DefaultValue("30s") @NotNull Duration poll,
            @DefaultValue("1d") @NotNull Duration backlog,
            @DefaultValue("35MB") @NotNull DataSize maxSize,
            @DefaultValue("3") @Min(1) int perHour,
            @DefaultValue("10") @Min(1) int perDay) {

        Mailbox {
            address = blank(address) ? "" : address.strip();
            name = blank(name) ? "" : Cleaned.line(name);
            user = blank(user) ? address : user;
            password = blank(password) ? "" : password;
            authservId = blank(authservId) ? "" : authservId.strip();
        }

        /** What is still needed before it can be used. */
        List<String> missing() {
            List<String> missing = new ArrayList<>();
            if (Sender.handle(address).isEmpty()) {
                missing.add("address");
            }
            if (smtp.host().isEmpty()) {
                missing.add("smtp.host");
            }
            return missing;
        }

        /** Whether anybody has begun to set it up. */
        boolean isMeant() {
            return !address.isEmpty() || !imap.host().isEmpty() || !smtp.host().isEmpty();
        }

        /** Without a server to read from it only sends. */
        boolean isRead() {
            return !imap.host().isEmpty();
        }

        @Override
        public String toString() {
            return address + " (password " + (password.isEmpty() ? "missing" : "given") + ")";
        }
    }

    /**
     * @param port null: the usual one for the protocol and the way it is protected
     * @param tls how the connection is protected
     */
    record Server(String host, Integer port, @DefaultValue("tls") @NotNull Tls tls) {

        Server {
            host = blank(host) ? "" : host.strip();
        }

        int port(int usual, int usualTls) {
            return port != null ? port : tls == Tls.TLS ? usualTls : usual;
        }
    }

    enum Tls {
        /** Not at all: only on the same machine or a network of one's own. */
        NONE,
        /** Begun in the clear, then STARTTLS; where the server does not offer it nothing is said. */
        STARTTLS,
        /** From the first byte. */
        TLS
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
