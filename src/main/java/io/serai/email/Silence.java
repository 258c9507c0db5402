package io.serai.email;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Why a mail must not be answered by a machine (RFC 3834, section 2, and practice); each rule has a name that is kept with the mail. */
class Silence {

    private static final Set<String> BULK = Set.of("bulk", "list", "junk", "auto_reply");
    private static final Pattern SYSTEM = Pattern.compile("mailer-daemon|postmaster|(?:no|do[-_.]?not|not?)[-_.]?(?:reply|answer"
            + "|respond)(?:[-_.+].*)?|.+[-_.](?:no|donot)[-_.]?reply"
            + "|bounces?(?:[-_.+].*)?|auto[-_.]?(?:reply|responder)|listserv|majordomo|.+-(?:request|bounces)|.+-owner|owner-.+");
    private static final Set<String> RESPONDERS = Set.of("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-vacation");

    private Silence() {}

    /**
     * @param sender or null where there is none
     * @param ours the addresses of our own mailboxes
     * @return the name of the first rule that holds
     */
    static Optional<String> rule(Part mail, Sender sender, Content content, Set<String> ours) {
        return List.of(
                        report(mail),
                        when("no-sender", sender == null),
                        when("own-address", sender != null && ours.contains(sender.handle())),
                        when("loop", mail.headers().has(Outgoing.LOOP)),
                        when("calendar-reply", content.invitation() != null && content.invitation().isReply()),
                        headers(mail.headers()),
                        when("system-sender", sender != null && SYSTEM.matcher(sender.local()).matches()))
                .stream().flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> report(Part mail) {
        String type = Optional.ofNullable(mail.type().parameter("report-type")).orElse("").toLowerCase(Locale.ROOT);
        boolean isReport = mail.type().is("multipart/report");
        return when("read-receipt", isReport && type.equals("disposition-notification"))
                .or(() -> when("abuse-report", isReport && type.equals("feedback-report")))
                .or(() -> when("bounce", isReport || mail.type().is("message/delivery-status") || mail.headers().has("X-Failed-Recipients")));
    }

    static boolean isBounce(Part mail) {
        return report(mail).filter("bounce"::equals).isPresent();
    }

    static boolean isFromNowhere(Headers headers) {
        return headers.first("Return-Path").filter(path -> path.replaceAll("\\s", "").equals("<>")).isPresent();
    }

    private static Optional<String> headers(Headers headers) {
        return List.of(
                        when("auto-submitted", headers.field("Auto-Submitted").filter(field -> !field.value().equals("no")).isPresent()
                                || headers.all().stream().anyMatch(header -> RESPONDERS.contains(header.name().toLowerCase(Locale.ROOT)))),
                        when("null-return-path", isFromNowhere(headers)),
                        when("precedence", BULK.contains(headers.first("Precedence").orElse("").toLowerCase(Locale.ROOT))),
                        when("mailing-list", headers.all().stream().anyMatch(header -> header.name().toLowerCase(Locale.ROOT).startsWith("list-"))),
                        when("auto-response-suppress", headers.first("X-Auto-Response-Suppress")
                                .filter(value -> !value.isBlank() && !value.equalsIgnoreCase("none")).isPresent()))
                .stream().flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> when(String rule, boolean holds) {
        return holds ? Optional.of(rule) : Optional.empty();
    }
}
