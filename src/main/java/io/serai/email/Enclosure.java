package io.serai.email;

/**
 * A file in a mail.
 *
 * @param name one line without any path, never empty
 */
record Enclosure(String name, String type, byte[] bytes) {

    private static final int LONGEST = 200;

    static Enclosure of(String name, String type, byte[] bytes) {
        String clean = name == null ? "" : Cleaned.line(name);
        clean = clean.substring(Math.max(clean.lastIndexOf('/'), clean.lastIndexOf('\\')) + 1).strip();
        clean = clean.length() > LONGEST ? clean.substring(clean.length() - LONGEST) : clean;
        return new Enclosure(clean.isEmpty() || clean.matches("\\.+") ? "file" : clean, type, bytes);
    }
}
