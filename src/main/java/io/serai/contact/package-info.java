/** Who is speaking: addresses, contacts, conversations. */
package io.serai.contact;
