package io.serai.dialect;

/** How many columns a text takes where letters are equally wide: East Asian ideographs and pictures take two, marks and joiners none (UAX 11). */
final class Width {

    private static final int JOINER = 0x200D;

    private Width() {}

    static int of(String text) {
        int width = 0;
        int previous = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(previous)) {
            int point = text.codePointAt(i);
            width += previous == JOINER ? 0 : of(point);
            previous = point;
        }
        return width;
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT || point >= 0x1F3FB && point <= 0x1F3FF) {
            return 0;
        }
        boolean wide = point >= 0x1100 && point <= 0x115F || point >= 0x2E80 && point <= 0xA4CF || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF || point >= 0xFE30 && point <= 0xFE6F || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6 || point >= 0x1F300 && point <= 0x1FAFF || point >= 0x20000 && point <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
