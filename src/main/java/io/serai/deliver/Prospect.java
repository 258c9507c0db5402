package io.serai.deliver;

/**
 * What stands in the way of a parcel.
 *
 * @param stopped why its address takes nothing more, or null
 * @param paused why our account is not let in, or null
 */
record Prospect(String stopped, String paused) {}
