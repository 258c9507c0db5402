package io.serai.dialect;

/**
 * Text as a telephone shows it, counted in segments: 160 septets of the GSM alphabet or 70 UTF-16 units when one character lies outside of it;
 * 153 and 67 each when there are several, since every segment then carries a header (3GPP TS 23.038, 23.040). Typographic signs that have a
 * twin in the GSM alphabet are told by it: one curly quote would more than halve what fits.
 */
final class Sms extends Plain {

    private static final String CURLY = "‘’‚“”„«»–—…\u00A0•";
    private static final String[] STRAIGHT = {"'", "'", "'", "\"", "\"", "\"", "\"", "\"", "-", "-", "...", " ", "-"};

    @Override
    String text(String literal) {
        var text = new StringBuilder(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            int twin = CURLY.indexOf(literal.charAt(i));
            text.append(twin < 0 ? String.valueOf(literal.charAt(i)) : STRAIGHT[twin]);
        }
        return text.toString();
    }

    @Override
    String table(Grid grid) {
        return text(grid.dense());
    }

    @Override
    public int size(String rendered) {
        return Segments.of(rendered);
    }

    @Override
    public int reach(int limit) {
        return limit * Segments.SEPTETS;
    }

    @Override
    public int least() {
        return 1;
    }
}
