/** The files that say where a message goes: found, read and put to work. */
package io.serai.route;
