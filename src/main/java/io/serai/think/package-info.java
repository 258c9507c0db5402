/**
 * The model: which there are, how a prompt is laid before them, and what happens when one does not answer. LangChain4j's {@code ChatModel}
 * is the port.
 */
package io.serai.think;
