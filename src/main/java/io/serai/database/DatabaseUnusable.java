package io.serai.database;

/** The hub cannot start on this database; the message says why, the remedy what a person can do about it. */
class DatabaseUnusable extends RuntimeException {

    private final String remedy;

    DatabaseUnusable(String message, String remedy) {
        this(message, remedy, null);
    }

    DatabaseUnusable(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
