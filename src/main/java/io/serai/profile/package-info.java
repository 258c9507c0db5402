/** What is known of a contact: the structured profile with the rules by which it grows, and who promised what by when. */
package io.serai.profile;
