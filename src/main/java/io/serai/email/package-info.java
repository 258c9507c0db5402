/** The channel email: mailboxes that are read (IMAP) and mails that are sent (SMTP), what a mail says, and how far its sender can be believed. */
package io.serai.email;
