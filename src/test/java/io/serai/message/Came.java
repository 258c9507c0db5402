package io.serai.message;

/** How the messages of scenes came, where it was not as plain as it can be. */
public final class Came {

    private Came() {}

    /** @param addressed whether we were mentioned or replied to */
    public static Circumstances inGroup(boolean addressed) {
        return inGroup(addressed, null);
    }

    /** @param replaces the external id of the message that this one is a later wording of */
    public static Circumstances inGroup(boolean addressed, String replaces) {
        return new Circumstances(true, true, addressed, replaces, null, null);
    }

    /** @param replaces the external id of the message that this one is a later wording of */
    public static Circumstances replacing(String replaces) {
        return new Circumstances(true, false, true, replaces, null, null);
    }
}
