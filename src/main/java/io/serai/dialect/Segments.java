package io.serai.dialect;

/** How many segments a short message takes (3GPP TS 23.038 section 6.2.1: the alphabet and its extension; an escaped sign is never parted). */
final class Segments {

    static final int SEPTETS = 160;

    private static final int SEPTETS_OF_SEVERAL = 153;
    private static final int UNITS = 70;
    private static final int UNITS_OF_SEVERAL = 67;

    private static final String ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private Segments() {}

    static int of(String text) {
        boolean gsm = text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
        return gsm ? count(text, true, SEPTETS, SEPTETS_OF_SEVERAL) : count(text, false, UNITS, UNITS_OF_SEVERAL);
    }

    private static int count(String text, boolean gsm, int alone, int ofSeveral) {
        int total = 0;
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean pair = !gsm && Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            int cost = pair || gsm && EXTENSION.indexOf(text.charAt(i)) >= 0 ? 2 : 1;
            i += pair ? 1 : 0;
            total += cost;
            if (used + cost > ofSeveral) {
                segments++;
                used = 0;
            }
            used += cost;
        }
        return total <= alone ? 1 : segments;
    }
}
