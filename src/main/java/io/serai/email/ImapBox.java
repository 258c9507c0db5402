package io.serai.email;

import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.EmailSettings.Server;
import io.serai.email.EmailSettings.Tls;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** A mailbox on its server. The connection is kept from one look to the next; the folder is opened anew each time, so that its UIDVALIDITY is seen. */
class ImapBox implements AutoCloseable {

    private static final String CONNECT = "15000";
    private static final String SILENCE = "60000";

    private final Mailbox mailbox;
    private Store store;

    ImapBox(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The folder for one look. By itself a folder that is closed expunges what is marked as deleted, and that mark is somebody else's. */
    record Look(IMAPFolder folder) implements AutoCloseable {

        @Override
        public void close() throws MessagingException {
            folder.close(false);
        }
    }

    /** To be closed by who opened it. */
    Look open() throws MessagingException {
        if (store == null || !store.isConnected()) {
            close();
            store = connect();
        }
        var folder = (IMAPFolder) store.getFolder(mailbox.folder());
        folder.open(Folder.READ_WRITE);
        return new Look(folder);
    }

    private Store connect() throws MessagingException {
        Server server = mailbox.imap();
        String protocol = server.tls() == Tls.TLS ? "imaps" : "imap";
        var properties = new Properties();
        properties.put("mail." + protocol + ".connectiontimeout", CONNECT);
        properties.put("mail." + protocol + ".timeout", SILENCE);
        properties.put("mail." + protocol + ".writetimeout", SILENCE);
        properties.put("mail." + protocol + ".peek", "true");
        // Where we may only read, nothing can be marked, which Emptying is ready for.
        properties.put("mail." + protocol + ".allowreadonlyselect", "true");
        // Of a mail that is fetched in pieces nobody learns that a piece was refused: it would end there.
        properties.put("mail." + protocol + ".partialfetch", "false");
        properties.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        properties.put("mail." + protocol + ".starttls.enable", String.valueOf(server.tls() == Tls.STARTTLS));
        properties.put("mail." + protocol + ".starttls.required", String.valueOf(server.tls() == Tls.STARTTLS));
        Store connected = Session.getInstance(properties).getStore(protocol);
        connected.connect(server.host(), server.port(143, 993), mailbox.user(), mailbox.password());
        return connected;
    }

    @Override
    public void close() {
        Store old = store;
        store = null;
        if (old != null) {
            try {
                old.close();
            } catch (MessagingException gone) {
                // It is closed, which is what was wanted; the server has hung up before.
                return;
            }
        }
    }
}
