package io.serai.message;

/**
 * A message exactly as it was laid before a model.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 */
public record Utterance(String role, String text) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Utterance[role=%s]".formatted(role);
    }
}
