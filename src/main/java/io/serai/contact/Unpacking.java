package io.serai.contact;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tells what stands in the rows of a table that are kept in less room than they are read in. */
public interface Unpacking {

    String table();

    /** Puts into a row, as the database tells it, what whoever exports it is to read, in place of what is kept. */
    void unpack(ObjectNode row);
}
