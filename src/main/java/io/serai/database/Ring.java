package io.serai.database;

/** One stroke of the bell. */
record Ring(String topic, String payload) {}
