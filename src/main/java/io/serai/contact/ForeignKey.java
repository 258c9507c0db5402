package io.serai.contact;

/**
 * A column of a table that names a row of another.
 *
 * @param rowColumn the primary key of the table, or null when it has more than one column
 * @param optional whether a row may name none; not where the database itself lets go of it, or erases it along
 */
record ForeignKey(String table, String column, String parent, String parentColumn, String rowColumn, boolean optional) {

    ForeignKey(String table, String column, String parent, String parentColumn) {
        this(table, column, parent, parentColumn, "id", false);
    }

    boolean isWithin() {
        return table.equals(parent);
    }
}
