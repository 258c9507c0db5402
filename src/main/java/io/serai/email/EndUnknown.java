package io.serai.email;

/** A mail was handed over and the server did not say whether it has it. */
class EndUnknown extends RuntimeException {

    EndUnknown(String why, Throwable cause) {
        super(why, cause);
    }
}
