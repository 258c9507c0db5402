/** What is known: the transcript, the layers that are told to the model, and the search over everything that was ever said. */
package io.serai.memory;
