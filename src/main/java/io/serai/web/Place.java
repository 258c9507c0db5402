package io.serai.web;

/**
 * Where the answers of a visitor lie.
 *
 * @param address their address, or 0 while they have said nothing yet and have none
 */
record Place(String handle, long address) {}
