package io.serai;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** An exception as it may be told and kept: by default, of addresses on the web only the host, since paths and queries carry tokens (Telegram, Slack, Mattermost). */
public final class Masked extends RuntimeException {

    private static final Pattern ADDRESS = Pattern.compile("(?i)((?:https?|wss?)://)(?:[^\\s/?#@]*@)?([^\\s/?#]+)[^\\s]*");

    private final String type;

    private Masked(Throwable original, UnaryOperator<String> mask) {
        super(masked(original, mask), of(original.getCause(), mask));
        this.type = original.getClass().getName();
        setStackTrace(original.getStackTrace());
    }

    /** The same chain of causes without what nobody may read; the exception itself when there is nothing to hide. */
    public static Throwable of(Throwable original) {
        return of(original, Masked::mask);
    }

    /** @param mask what a message may say */
    public static Throwable of(Throwable original, UnaryOperator<String> mask) {
        return original == null || !isIndiscreet(original, mask) ? original : new Masked(original, mask);
    }

    public static String mask(String text) {
        return text == null ? null : ADDRESS.matcher(text).replaceAll("$1$2");
    }

    private static String masked(Throwable original, UnaryOperator<String> mask) {
        return original.getMessage() == null ? null : mask.apply(original.getMessage());
    }

    private static boolean isIndiscreet(Throwable original, UnaryOperator<String> mask) {
        for (Throwable cause = original; cause != null; cause = cause.getCause()) {
            if (!Objects.equals(masked(cause, mask), cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return type + ": " + getMessage();
    }
}
