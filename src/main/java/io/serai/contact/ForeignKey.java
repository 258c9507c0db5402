package io.serai.contact;

/**
 * A column of a table that names a row of another.
 *
 * @param rowColumn the primary key of the table, or null when it has more than one column
 */
record ForeignKey(String table, String column, String parent, String parentColumn, String rowColumn) {

    ForeignKey(String table, String column, String parent, String parentColumn) {
        this(table, column, parent, parentColumn, "id");
    }

    boolean isWithin() {
        return table.equals(parent);
    }
}
