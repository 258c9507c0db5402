package io.serai.email;

import io.serai.channel.Accounts;
import io.serai.channel.Pulse;
import io.serai.channel.Pulses;
import io.serai.email.EmailSettings.Mailbox;
import jakarta.annotation.PreDestroy;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks into each mailbox again and again: one hub at a time, a thread a mailbox, so that none waits for another. A platform thread, for the reason that
 * {@link OwnThread} has.
 */
@Component
class Postman {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    /** How long a mailbox that did not let us in is left alone, unless a person lets it go on before; servers lock out who comes too often. */
    private static final Duration LOCKED_OUT = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Mailboxes mailboxes;
    private final Emptying emptying;
    private final Accounts accounts;
    private final Pulses pulses;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> tours = new ArrayList<>();

    Postman(Mailboxes mailboxes, Emptying emptying, Accounts accounts, Pulses pulses) {
        this.mailboxes = mailboxes;
        this.emptying = emptying;
        this.accounts = accounts;
        this.pulses = pulses;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        mailboxes.read().forEach((name, mailbox) -> {
            Pulse pulse = pulses.watch(Mailboxes.CHANNEL, name, mailbox.poll().multipliedBy(5).plusMinutes(1));
            tours.add(Thread.ofPlatform().daemon().name("email-" + name).start(() -> new Tour(name, mailbox, pulse).run()));
        });
    }

    @PreDestroy
    void end() throws InterruptedException {
        over.countDown();
        for (Thread tour : tours) {
            tour.join(FAREWELL);
        }
    }

    /** One mailbox, for as long as the hub runs. */
    private final class Tour {

        private final String name;
        private final Mailbox mailbox;
        private final Pulse pulse;
        private long lockedOutUntil = System.nanoTime();

        Tour(String name, Mailbox mailbox, Pulse pulse) {
            this.name = name;
            this.mailbox = mailbox;
            this.pulse = pulse;
        }

        void run() {
            try (var box = new ImapBox(mailbox)) {
                do {
                    look(box);
                } while (!over.await(mailbox.poll().toMillis(), TimeUnit.MILLISECONDS));
                emptying.release(name);
            } catch (InterruptedException shutdown) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whatever fails, even while it was noted what failed, or for want of memory: the next look may go well, and nobody else makes it. */
        private void look(ImapBox box) {
            try {
                visit(box);
            } catch (MessagingException | RuntimeException | Error failed) {
                box.close();
                tell(failed);
            }
        }

        private void visit(ImapBox box) throws MessagingException {
            try {
                // While another hub has it, that one tells how it goes.
                if (emptying.isOurs(name) && !isLockedOut()) {
                    try (ImapBox.Look look = box.open()) {
                        accounts.resume(Mailboxes.CHANNEL, account());
                        emptying.look(name, mailbox, look.folder());
                    }
                }
                if (!isLockedOut()) {
                    pulse.moved();
                }
            } catch (AuthenticationFailedException refused) {
                refused(refused);
            }
        }

        private boolean isLockedOut() {
            return System.nanoTime() - lockedOutUntil < 0 && accounts.isPaused(Mailboxes.CHANNEL, account());
        }

        /** Reading and sending are let in separately. */
        private String account() {
            return name + "/imap";
        }

        /** A server that is only busy says so (RFC 5530); what else it says is not repeated, since some repeat what they were told. */
        private void refused(AuthenticationFailedException why) {
            String said = String.valueOf(why.getMessage()).toUpperCase(Locale.ROOT);
            if (said.contains("[UNAVAILABLE]") || said.contains("[INUSE]") || said.contains("[LIMIT]") || said.contains("[SERVERBUG]")) {
                tell(why);
                return;
            }
            lockedOutUntil = System.nanoTime() + LOCKED_OUT.toNanos();
            String text = "the IMAP server " + mailbox.imap().host() + " does not let " + mailbox.user() + " in: check user and password";
            pulse.pause(text);
            accounts.pause(Mailboxes.CHANNEL, account(), text);
        }

        private void tell(Throwable failed) {
            if (over.getCount() == 0) {
                return;
            }
            String why = failed.getClass().getSimpleName() + ": " + withoutPassword(String.valueOf(failed.getMessage()));
            pulse.failed(why);
            log.warn("mailbox {} could not be read and is tried again in {} s: {}", name, mailbox.poll().toSeconds(), why);
        }

        private String withoutPassword(String text) {
            return Cleaned.line(mailbox.password().isEmpty() ? text : text.replace(mailbox.password(), "***"));
        }
    }
}
