/**
 * What travels: the one typed body of every route. Records of the JDK only, so that every other room may know them and they know nobody.
 */
package io.serai.message;
