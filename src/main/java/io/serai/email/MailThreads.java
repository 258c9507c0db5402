package io.serai.email;

import io.serai.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** To which thread a mail belongs: by In-Reply-To and References (RFC 5322, section 3.6.4), as far as its sender can be believed. */
@Component
class MailThreads {

    private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,400})>");
    private static final Pattern ANSWER = Pattern.compile("^(?:(?:re|aw|sv|antw|odp|回复|答复)\\s?[:：]\\s*+)++", Pattern.CASE_INSENSITIVE);
    private static final int MOST = 100;

    private final Mails mails;

    MailThreads(Mails mails) {
        this.mails = mails;
    }

    /**
     * A mail of a verified sender joins the thread it names. One of anybody else joins a thread only by naming a mail of ours that went to this
     * address; otherwise it begins a thread whose name, made from the whole mail, nobody else can write down.
     */
    Mails.Entry place(String account, String handle, Part mail, byte[] bytes, boolean verified) {
        List<String> ancestors = ids(mail.headers(), "References");
        List<String> named = new ArrayList<>(ids(mail.headers(), "In-Reply-To"));
        named.addAll(ancestors.reversed());
        String id = messageId(mail.headers(), bytes);
        String thread = mails.thread(account, handle, verified, named)
                .orElseGet(() -> verified ? root(ancestors, named, id) : "unverified " + Sha256.hex(bytes));
        String subject = Cleaned.line(mail.headers().decoded("Subject"));
        String title = subject.length() > 300 ? subject.substring(0, 300) : subject;
        return new Mails.Entry(account, handle, id, thread, title, parents(ancestors, named), verified);
    }

    /** The subject without what says that it is an answer. */
    static String topic(String subject) {
        return ANSWER.matcher(subject).replaceFirst("");
    }

    private static String root(List<String> ancestors, List<String> named, String id) {
        return Stream.of(ancestors, named).flatMap(List::stream).findFirst().orElse(id);
    }

    /** Where References are missing, In-Reply-To stands for them. */
    private static List<String> parents(List<String> ancestors, List<String> named) {
        return !ancestors.isEmpty() || named.isEmpty() ? ancestors : List.of(named.getFirst());
    }

    /** The Message-ID; a mail without one is known by its content. */
    private static String messageId(Headers headers, byte[] bytes) {
        return ids(headers, "Message-ID").stream().findFirst()
                .or(() -> headers.first("Message-ID").map(id -> id.replaceAll("[<>\\s]", "")).filter(id -> !id.isEmpty() && id.length() <= 400))
                .orElseGet(() -> Sha256.hex(bytes));
    }

    private static List<String> ids(Headers headers, String name) {
        List<String> ids = headers.first(name).stream().flatMap(value -> ID.matcher(value).results()).map(found -> found.group(1)).distinct().toList();
        return ids.size() <= MOST ? ids : ids.subList(ids.size() - MOST, ids.size());
    }
}
