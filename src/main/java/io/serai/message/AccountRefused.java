package io.serai.message;

/**
 * Our own account is not let in (revoked token, wrong password). Nothing that goes by it can be sent until a person acts: the account is paused,
 * and its parcels wait without using up attempts.
 */
public class AccountRefused extends RuntimeException {

    private final String channel;
    private final String account;

    public AccountRefused(String channel, String account, String why, Throwable cause) {
        super(why, cause);
        this.channel = channel;
        this.account = account;
    }

    public String channel() {
        return channel;
    }

    public String account() {
        return account;
    }
}
