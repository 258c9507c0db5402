package io.serai.email;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address with the name that stands beside it (RFC 5322, section 3.4).
 *
 * <p>The handle is the address in lower case (ASCII letters only, the domain as IDNA A-labels): the letter case of the part before the @ could
 * have a meaning (RFC 5321, section 2.4), but no mail server gives it one, while people's clients do spell it differently; a contact must not be
 * forgotten for that. Dots and tags (ada+shop@) stay, since there are servers where they name somebody else.
 *
 * @param name or null
 */
record Sender(String name, String handle) {

    private static final int LONGEST = 254;

    /** Reads a list of addresses; what is no address is left out. Encoded words are read last, so that what they hide cannot be mistaken for syntax. */
    static List<Sender> read(String header) {
        return new Reader(header).read();
    }

    /** The address as a handle; nothing when it is none that a mail could be sent to. */
    static Optional<String> handle(String address) {
        int at = address.lastIndexOf('@');
        String local = at < 1 ? "" : address.substring(0, at);
        String domain = domain(address.substring(at + 1));
        boolean fits = !domain.isEmpty() && !local.isEmpty() && address.length() <= LONGEST
                && address.codePoints().noneMatch(point -> Character.isWhitespace(point) || Character.isISOControl(point) || "<>(),;:\\\"[]".indexOf(point) >= 0)
                && local.indexOf('@') < 0;
        return fits ? Optional.of(lower(local) + "@" + domain) : Optional.empty();
    }

    static String domain(String name) {
        if (name.length() > LONGEST) {
            return "";
        }
        try {
            String ascii = lower(IDN.toASCII(name.strip()));
            return ascii.matches("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?") && !ascii.contains("..") ? ascii : "";
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    String domain() {
        return handle.substring(handle.lastIndexOf('@') + 1);
    }

    String local() {
        return handle.substring(0, handle.lastIndexOf('@'));
    }

    /** Only ASCII: other letters fold onto each other in ways that would make two people one (the Kelvin sign becomes a k). */
    private static String lower(String text) {
        var lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    /** Goes through the characters once: quotes, comments and angle brackets decide what a comma means. */
    private static final class Reader {

        private final String text;
        private final List<Sender> found = new ArrayList<>();
        private final StringBuilder words = new StringBuilder();
        private final StringBuilder comment = new StringBuilder();
        private String angle;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Sender> read() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                switch (c) {
                    case '"' -> words.append(until('"'));
                    case '(' -> comment.append(until(')'));
                    case '<' -> angle = until('>');
                    case ',', ';' -> end();
                    case ':' -> words.setLength(0);
                    default -> words.append(c);
                }
            }
            end();
            return found;
        }

        private String until(char close) {
            var inside = new StringBuilder();
            while (at < text.length() && text.charAt(at) != close) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                inside.append(text.charAt(at++));
            }
            at++;
            return inside.toString();
        }

        private void end() {
            String address = angle == null ? words.toString().strip() : angle.strip();
            String name = angle == null ? comment.toString() : words.toString();
            String clean = Cleaned.line(EncodedWords.read(name.strip()));
            handle(address).ifPresent(handle -> found.add(new Sender(clean.isBlank() || clean.equalsIgnoreCase(handle) ? null : clean, handle)));
            words.setLength(0);
            comment.setLength(0);
            angle = null;
        }
    }
}
