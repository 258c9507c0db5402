package io.serai.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;

/**
 * What a mail says and what came with it.
 *
 * @param said what was said now: without quotes and signature
 * @param full all of its text
 * @param invitation the first calendar part, or null
 * @param whole whether no file and no part was left out
 */
record Content(String said, String full, List<Enclosure> files, Invitation invitation, boolean whole) {

    private static final Pattern FORWARDED = Pattern.compile("(?i)\\s*(?:fwd?|wg|tr|rv|i|doorst|vs|vb|enc|转发|轉寄|転送)\\s?[:：].*");
    private static final Pattern INSTEAD = Pattern.compile("(?is).*(?:html|in (?:your|a) browser|im browser).*");
    private static final int MOST_FILES = 100;
    /** How many characters are gone through for quotes, in all parts together: many times what a message holds (see {@link Decipher}). */
    private static final int MOST_TEXT = 1_000_000;
    /** How many tags are read, in all parts together: jsoup needs memory for each, and for many kinds time that grows with the square of their number. */
    private static final int MOST_TAGS = 50_000;

    /** @param said without what was quoted */
    private record Text(String said, String full) {

        static final Text NONE = new Text("", "");

        static Text join(List<Text> texts) {
            return new Text(
                    texts.stream().map(Text::said).filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n")),
                    texts.stream().map(Text::full).filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n")));
        }
    }

    /** Whether there may be more in the text than was looked at. */
    boolean isVast() {
        return full.length() > MOST_TEXT;
    }

    static Content read(Part mail) {
        var walk = new Walk(FORWARDED.matcher(mail.headers().decoded("Subject")).matches());
        Text text = walk.text(mail, true);
        String said = Cleaned.text(text.said()).strip();
        Invitation invitation = walk.invitation;
        return new Content(said.isEmpty() && invitation != null ? Cleaned.text(invitation.text()) : said, Cleaned.text(text.full()).strip(),
                List.copyOf(walk.files), invitation, !walk.leftOut && !mail.isVast());
    }

    private static final class Walk {

        private final boolean forwarded;
        private final List<Enclosure> files = new ArrayList<>();
        private Invitation invitation;
        private boolean leftOut;
        private int textLeft = MOST_TEXT;
        private int tagsLeft = MOST_TAGS;

        Walk(boolean forwarded) {
            this.forwarded = forwarded;
        }

        Text text(Part part, boolean root) {
            return switch (part.mediaType()) {
                case "multipart/alternative" -> alternative(part.children());
                case "multipart/report", "multipart/signed", "multipart/related" -> first(part.children());
                case String type when type.startsWith("multipart/") -> Text.join(part.children().stream().map(child -> text(child, false)).toList());
                case String type when !root && (part.isAttached() || part.fileName().isPresent()) -> file(part);
                case "text/html", "application/xhtml+xml" -> html(part);
                case "text/calendar" -> file(part);
                case String type when type.startsWith("text/") -> plain(part);
                default -> file(part);
            };
        }

        /** The plain one, if it says what the others say; all are walked, since files may lie in each of them. */
        private Text alternative(List<Part> parts) {
            List<Text> texts = parts.stream().map(part -> text(part, false)).toList();
            Text last = texts.stream().filter(text -> !text.full().isBlank()).reduce((one, other) -> other).orElse(Text.NONE);
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).is("text/plain") && !texts.get(i).full().isBlank() && !isInstead(texts.get(i).full(), last.full())) {
                    return texts.get(i);
                }
            }
            return last;
        }

        /** "This mail is in HTML": a line that stands for the mail instead of being it. */
        private static boolean isInstead(String plain, String other) {
            return plain.length() < 300 && other.length() > plain.length() && INSTEAD.matcher(plain).matches();
        }

        private Text first(List<Part> parts) {
            List<Text> texts = parts.stream().map(part -> text(part, false)).toList();
            return texts.isEmpty() ? Text.NONE : texts.getFirst();
        }

        private Text plain(Part part) {
            String text = part.text();
            if ("flowed".equalsIgnoreCase(Objects.requireNonNullElse(part.type().parameter("format"), "").strip())) {
                text = Flowed.join(text, "yes".equalsIgnoreCase(part.type().parameter("delsp")));
            }
            return new Text(forwarded ? Quotes.withoutMobile(text) : Quotes.strip(start(text)), text);
        }

        private Text html(Part part) {
            String whole = part.text();
            String html = Html.first(tagsLeft, whole);
            tagsLeft -= Html.tags(html);
            Document document = Html.parse(html);
            String full = Html.text(document);
            if (html.length() < whole.length() || full.isEmpty() && Html.hasWords(html)) {
                keep(Enclosure.of("mail.html", "text/html", part.bytes()));
            }
            if (forwarded) {
                return new Text(Quotes.withoutMobile(full), full);
            }
            Html.cutQuotes(document);
            String said = Html.text(document);
            return new Text(said.isBlank() ? full : Quotes.strip(start(said)), full);
        }

        /** As much of it as may still be looked at. */
        private String start(String text) {
            String start = text.substring(0, Math.min(text.length(), textLeft));
            textLeft -= start.length();
            return start;
        }

        private Text file(Part part) {
            byte[] bytes = part.bytes();
            keep(Enclosure.of(part.fileName().orElseGet(() -> name(part)), part.type().value(), bytes));
            if (part.type().is("text/calendar") && invitation == null) {
                invitation = Invitation.read(part.text(), part.type().parameter("method"));
            }
            Optional<Tnef> wrapped = isTnef(part) ? Tnef.read(bytes) : Optional.empty();
            wrapped.ifPresent(tnef -> tnef.files().forEach(this::keep));
            return wrapped.map(tnef -> new Text(Quotes.strip(start(tnef.text())), tnef.text())).orElse(Text.NONE);
        }

        private void keep(Enclosure file) {
            if (files.size() < MOST_FILES) {
                files.add(file);
            } else {
                leftOut = true;
            }
        }

        private static boolean isTnef(Part part) {
            return part.type().is("application/ms-tnef") || part.type().is("application/vnd.ms-tnef")
                    || part.fileName().filter("winmail.dat"::equalsIgnoreCase).isPresent();
        }

        private static String name(Part part) {
            return switch (part.mediaType()) {
                case "text/calendar" -> "invitation.ics";
                case "message/rfc822" -> "mail.eml";
                case "application/pgp-signature" -> "signature.asc";
                case String type when type.startsWith("image/") -> "image." + type.substring(6).replaceAll("[^a-z0-9].*", "");
                default -> "file";
            };
        }
    }
}
