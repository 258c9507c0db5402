/** Getting it there: replies become parcels, parcels go out by the route of their channel, what cannot go becomes a dead letter. */
package io.serai.deliver;
