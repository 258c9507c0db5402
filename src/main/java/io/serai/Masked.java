package io.serai;

import java.util.regex.Pattern;

/** An exception as it may be told and kept: of addresses on the web only the host, since paths and queries carry tokens (Telegram, Slack, Mattermost). */
public final class Masked extends RuntimeException {

    private static final Pattern ADDRESS = Pattern.compile("(?i)((?:https?|wss?)://)(?:[^\\s/?#@]*@)?([^\\s/?#]+)[^\\s]*");

    private final String type;

    private Masked(Throwable original) {
        super(mask(original.getMessage()), of(original.getCause()));
        this.type = original.getClass().getName();
        setStackTrace(original.getStackTrace());
    }

    /** The same chain of causes without what nobody may read; the exception itself when there is nothing to hide. */
    public static Throwable of(Throwable original) {
        return original == null || !isIndiscreet(original) ? original : new Masked(original);
    }

    public static String mask(String text) {
        return text == null ? null : ADDRESS.matcher(text).replaceAll("$1$2");
    }

    private static boolean isIndiscreet(Throwable original) {
        for (Throwable cause = original; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !mask(cause.getMessage()).equals(cause.getMessage())) {
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
