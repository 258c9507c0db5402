package io.serai.contact;

/** A column of a table that names a row of another. */
record ForeignKey(String table, String column, String parent, String parentColumn) {

    boolean isWithin() {
        return table.equals(parent);
    }
}
