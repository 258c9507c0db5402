/** How channels write. */
package io.serai.dialect;
