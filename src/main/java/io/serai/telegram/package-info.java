/** The channel Telegram, by the Bot API: long polling or webhook in, sendMessage out. {@code docs/channels.md} says why no Camel component does it. */
package io.serai.telegram;
