/** Who is speaking, and whether they are answered: addresses, contacts, conversations, strangers. */
package io.serai.contact;
