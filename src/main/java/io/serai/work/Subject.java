package io.serai.work;

/** What a piece of work is about: the row of that id, or the one that the transaction has just made in a table. */
public record Subject(Long id, String sequence) {

    public static Subject of(long id) {
        return new Subject(id, null);
    }

    /** The row that was inserted last, whose id nobody knows yet. */
    public static Subject latest(String table) {
        return new Subject(null, table + "_id_seq");
    }
}
