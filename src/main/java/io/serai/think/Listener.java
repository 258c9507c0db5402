package io.serai.think;

/** Who hears an answer while it comes. */
interface Listener {

    /** An attempt begins; what was heard of an earlier one is void. */
    void starts();

    void hears(String token);

    /** Whether what was heard can be made void for those who have read it already. */
    default boolean takesBack() {
        return true;
    }
}
