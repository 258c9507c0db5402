package io.serai.contact;

/**
 * What a channel keeps of people in rows that name nobody, since they come before it is known who that is. No foreign key tells whose they are: this does,
 * so that they are exported and erased along with the rest.
 */
public interface Trace {

    String table();

    /** SQL: whether a row is of an address of {@code :contacts}, an array of ids. */
    String condition();
}
