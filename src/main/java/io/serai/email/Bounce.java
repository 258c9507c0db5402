package io.serai.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * News of a mail of ours that did not arrive: a delivery status notification (RFC 3464), or what older servers write instead.
 *
 * @param messageId that of our mail, without angle brackets
 * @param status the enhanced status code (RFC 3463), as 5.1.1
 */
record Bounce(String messageId, String status) {

    private static final Pattern STATUS = Pattern.compile("(?im)^[ \\t]*+Status:\\s*+([245]\\.\\d{1,3}\\.\\d{1,3})");
    private static final Pattern ACTION = Pattern.compile("(?im)^[ \\t]*+Action:\\s*+(failed|delayed|delivered|relayed|expanded)");
    private static final Pattern LOOSE_STATUS = Pattern.compile("(?<![\\d.])([45]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern OLD_STATUS = Pattern.compile("(?<![\\d.])5[05][0-9](?![\\d.])");
    /** The head of the mail that came back, or of a copy of it below what is told. */
    private static final Pattern RETURNED = Pattern.compile("(?im)^[ \\t>]*+Message-ID:\\s*+<([^<>\\s]{1,400})>");
    private static final Pattern OUR_ID = Pattern.compile("<(" + MessageIds.SHAPE + ")>");
    private static final Pattern DAEMON = Pattern.compile("(?i)\\b(?:mailer-daemon|postmaster)(?=@|>|$)");
    private static final Pattern NOBODY_THERE = Pattern.compile("5\\.(?:1\\.(?:1|2|3|6|10)|2\\.1|4\\.4)");

    /**
     * Reads what a mail tells about a mail of ours; nothing when it tells nothing, or only of a delay or a success. An answer to our mail bears our id
     * too, and may say a number: a status in prose counts only where a mail came back. Class 4 counts only beside a failure: it was tried for so long that
     * it was given up (RFC 3463, section 2). Anywhere else it may still arrive.
     */
    static Optional<Bounce> read(Part mail) {
        String body = body(mail, 5);
        Optional<String> returned = RETURNED.matcher(body).results().map(found -> found.group(1)).findFirst();
        Matcher action = ACTION.matcher(body);
        boolean isTold = action.find();
        if (isTold ? !action.group(1).equalsIgnoreCase("failed") : !isReturn(mail, returned.isPresent())) {
            return Optional.empty();
        }
        return returned.or(() -> lastOfOurs(headers(mail) + body)).filter(id -> id.matches(MessageIds.SHAPE))
                .flatMap(id -> status(body).filter(status -> status.startsWith("5") || isTold && status.startsWith("4") && STATUS.matcher(body).find()).map(status -> new Bounce(id, status)));
    }

    /** Absences are told from no address too (RFC 5230, section 5), but show nothing of our mail. */
    private static boolean isReturn(Part mail, boolean showsOne) {
        return Silence.isBounce(mail) || DAEMON.matcher(mail.headers().first("From").orElse("")).find() || showsOne && Silence.isFromNowhere(mail.headers());
    }

    /** Where several are named, the others are what it answered. */
    private static Optional<String> lastOfOurs(String text) {
        return OUR_ID.matcher(text).results().map(found -> found.group(1)).reduce((one, other) -> other);
    }

    private static Optional<String> status(String text) {
        Matcher exact = STATUS.matcher(text);
        if (exact.find()) {
            return Optional.of(exact.group(1));
        }
        Matcher loose = LOOSE_STATUS.matcher(text);
        if (loose.find()) {
            return Optional.of(loose.group(1));
        }
        return OLD_STATUS.matcher(text).find() ? Optional.of("5.0.0") : Optional.empty();
    }

    private static String headers(Part part) {
        return part.headers().all().stream().map(header -> header.name() + ": " + header.value() + "\n").collect(Collectors.joining());
    }

    private static String body(Part part, int depth) {
        var text = new StringBuilder();
        if (part.isMultipart()) {
            part.children().forEach(child -> text.append(headers(child)).append(body(child, depth)).append('\n'));
        } else if (part.is("message/rfc822") && depth > 0) {
            Part returned = Part.read(part.bytes());
            text.append(headers(returned)).append(body(returned, depth - 1));
        } else if (part.mediaType().startsWith("text/") || part.mediaType().startsWith("message/")) {
            text.append('\n').append(part.text());
        }
        return text.toString();
    }

    /** Whether the address takes nothing more, ever: nobody there, no such domain, switched off. A full mailbox or a refused text is no such end. */
    boolean isAddressGone() {
        return NOBODY_THERE.matcher(status).matches();
    }
}
