package io.serai.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern OUR_ID = Pattern.compile("<(" + MessageIds.SHAPE + ")>");
    private static final Pattern NOBODY_THERE = Pattern.compile("5\\.(?:1\\.(?:1|2|3|6|10)|2\\.1|4\\.4)");

    /** Reads what a mail tells about a mail of ours; nothing when it tells nothing, or only of a delay or a success. */
    static Optional<Bounce> read(Part mail) {
        String text = everything(mail, 5);
        Matcher id = OUR_ID.matcher(text);
        Matcher action = ACTION.matcher(text);
        if (!id.find() || action.find() && !action.group(1).equalsIgnoreCase("failed")) {
            return Optional.empty();
        }
        return status(text).filter(status -> status.startsWith("5")).map(status -> new Bounce(id.group(1), status));
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

    private static String everything(Part part, int depth) {
        var text = new StringBuilder();
        part.headers().all().forEach(header -> text.append(header.name()).append(": ").append(header.value()).append('\n'));
        if (part.isMultipart()) {
            part.children().forEach(child -> text.append(everything(child, depth)).append('\n'));
        } else if (part.is("message/rfc822") && depth > 0) {
            text.append(everything(Part.read(part.bytes()), depth - 1));
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
