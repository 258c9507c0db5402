package io.serai.telegram;

/** An update could not be stored; Telegram must keep it and hand it out again. */
class NotNow extends RuntimeException {

    NotNow(String why, Throwable cause) {
        super(why, cause);
    }
}
