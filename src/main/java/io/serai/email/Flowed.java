package io.serai.email;

/** Text of {@code format=flowed} with its paragraphs put together again (RFC 3676): a line that ends in a blank goes on in the next. */
class Flowed {

    private Flowed() {}

    /** @param dropsBlank whether the blank at the end of a line was only put there to say so ({@code DelSp=yes}) */
    static String join(String text, boolean dropsBlank) {
        var out = new StringBuilder(text.length());
        int flowing = -1;
        for (String line : text.split("\n", -1)) {
            int depth = depth(line);
            String words = line.substring(depth);
            words = words.startsWith(" ") ? words.substring(1) : words;
            boolean signature = words.equals("-- ");
            if (flowing != depth || signature) {
                out.append(out.isEmpty() ? "" : "\n").append(">".repeat(depth)).append(depth > 0 && !words.isEmpty() ? " " : "");
            }
            boolean flows = words.endsWith(" ") && !signature;
            out.append(flows && dropsBlank ? words.substring(0, words.length() - 1) : words);
            flowing = flows ? depth : -1;
        }
        return out.toString();
    }

    private static int depth(String line) {
        int depth = 0;
        while (depth < line.length() && line.charAt(depth) == '>') {
            depth++;
        }
        return depth;
    }
}
