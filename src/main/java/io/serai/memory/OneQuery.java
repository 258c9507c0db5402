package io.serai.memory;

import java.util.Optional;
import org.postgresql.core.Parser;

/**
 * Whether a text is one query and no more. It will stand between parentheses and behind other statements: what ends it early, or reaches out of its
 * parentheses, would be run as something else than a layer. It is read as PostgreSQL reads it, literals, comments and all.
 */
final class OneQuery {

    /** Neither PostgreSQL nor JDBC nor the names of parameters are to make anything of them that is not seen here. */
    private static final String FOREIGN = "{}\\";

    /** Why it is not one query, and in which line of it. */
    record Slip(int line, String what) {}

    private final char[] text;
    private final int length;
    private int at;
    private int depth;

    private OneQuery(String sql) {
        // something stands before and behind it, so that nothing begins or ends there by itself
        this.text = ("\n" + sql + "\n").toCharArray();
        this.length = sql.stripTrailing().length();
    }

    /** What is wrong with a query of our own database. */
    static Optional<Slip> slip(String sql) {
        return new OneQuery(sql).slip(true);
    }

    /** What is wrong with a query of another database, whose SQL may be written otherwise. */
    static Optional<Slip> slipElsewhere(String sql) {
        return new OneQuery(sql).slip(false);
    }

    private Optional<Slip> slip(boolean ours) {
        for (; at < text.length; at++) {
            int begin = at;
            String wrong = wrong(ours);
            if (wrong != null) {
                return Optional.of(new Slip(line(begin), wrong));
            }
        }
        return ours && depth > 0 ? Optional.of(new Slip(line(length), "a ')' is missing")) : Optional.empty();
    }

    private int line(int place) {
        return (int) new String(text, 0, place).chars().filter(letter -> letter == '\n').count();
    }

    /** Goes to the end of what begins here. */
    private String wrong(boolean ours) {
        char letter = text[at];
        switch (letter) {
            case '\'' -> at = literal();
            case '"' -> at = Parser.parseDoubleQuotes(text, at);
            case '-' -> at = Parser.parseLineComment(text, at);
            case '/' -> at = comment();
            case '$' -> {
                int dollar = at;
                at = Parser.parseDollarQuotes(text, at);
                if (ours && at == dollar && !Parser.isIdentifierContChar(text[at - 1])) {
                    return "'$' is no SQL outside of a literal";
                }
            }
            case '(' -> depth++;
            case ')' -> depth--;
            case ';' -> {
                if (at < length) {
                    return "a layer is one query: nothing may stand behind the ';'";
                }
            }
            default -> {
                if (ours && FOREIGN.indexOf(letter) >= 0) {
                    return "'" + letter + "' is no SQL outside of a literal";
                }
            }
        }
        if (ours && at >= text.length) {
            return "what begins here has no end";
        }
        return ours && depth < 0 ? "this ')' has no '('" : null;
    }

    /** A literal goes on in the next one; in one that began with E a backslash still escapes there, and PostgreSQL's driver forgets that it does. */
    private int literal() {
        boolean escapes = (text[at - 1] == 'e' || text[at - 1] == 'E') && !Parser.isIdentifierContChar(text[at - 2]);
        int end = Parser.parseSingleQuotes(text, at, !escapes);
        for (int next = next(end); escapes && next < text.length && text[next] == '\''; next = next(end)) {
            end = Parser.parseSingleQuotes(text, next, false);
        }
        return end;
    }

    /** Where something else stands than blanks and comments of a line. */
    private int next(int end) {
        int next = end + 1;
        while (next < text.length && (Parser.isSpace(text[next]) || starts("--", next))) {
            next = (starts("--", next) ? Parser.parseLineComment(text, next) : next) + 1;
        }
        return next;
    }

    /** Comments stand within each other. PostgreSQL's driver takes {@code /*}{@code /} for a whole one, the server does not. */
    private int comment() {
        int open = 0;
        int place = at;
        do {
            if (starts("/*", place)) {
                open++;
                place += 2;
            } else if (starts("*/", place)) {
                open--;
                place += 2;
            } else {
                place++;
            }
        } while (open > 0 && place < text.length);
        return open > 0 ? text.length : place - 1;
    }

    private boolean starts(String mark, int place) {
        return place + 1 < text.length && text[place] == mark.charAt(0) && text[place + 1] == mark.charAt(1);
    }
}
