package io.serai.message;

/** This address takes nothing more (blocked us, left, no such user): what is meant for it goes the contact's other ways. */
public class AddressGone extends Refused {

    public AddressGone(String why, Throwable cause) {
        super(why, cause);
    }
}
