package io.serai.message;

/** The beginning of a text. */
public final class Beginning {

    private Beginning() {}

    /** @param most characters, or one less where it would be half of what somebody wrote as one */
    public static String of(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
