/** The database: a Postgres of our own or a server by URL, the connections to it, its migrations, and the bell that tells other hubs of work. */
package io.serai.database;
