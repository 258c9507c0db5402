package io.serai.message;

/**
 * How a message came, as far as that matters for what may be done with it.
 *
 * @param verified whether the channel vouches for the sender; an unverified one never opens the memory of a contact
 * @param group whether more people than the sender read the answer
 * @param addressed whether it was said to us: always in a talk of two, in a group when we are mentioned or replied to
 * @param replaces the external id of the message that this one is a later wording of, or null
 * @param suppressedBy the name of the rule by which it must not be answered ({@code auto-submitted}, {@code mailing-list} ...), or null
 * @param raw what the channel sent, kept for 30 days for who has to find out; null when it holds no more than the text
 */
public record Circumstances(boolean verified, boolean group, boolean addressed, String replaces, String suppressedBy, String raw) {

    public Circumstances {
        raw = raw == null ? null : raw.replace("\0", "");
    }

    /** A verified sender who speaks to us alone. */
    public static final Circumstances PLAIN = new Circumstances(true, false, true, null, null, null);

    public Circumstances unverified() {
        return new Circumstances(false, group, addressed, replaces, suppressedBy, raw);
    }

    public Circumstances suppressedBy(String rule) {
        return new Circumstances(verified, group, addressed, replaces, rule, raw);
    }

    public Circumstances raw(String sent) {
        return new Circumstances(verified, group, addressed, replaces, suppressedBy, sent);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Circumstances[verified=%s, group=%s, suppressedBy=%s]".formatted(verified, group, suppressedBy);
    }
}
