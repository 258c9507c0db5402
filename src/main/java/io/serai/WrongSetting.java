package io.serai;

/** A setting with which the hub cannot start: which, and what it must be. Its value is not told, which may be a secret. */
public final class WrongSetting extends IllegalStateException {

    /** @param complaint as in {@code serai.api.token must have at least 20 characters} */
    public WrongSetting(String complaint) {
        super(complaint);
    }
}
