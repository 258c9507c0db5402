/** The conversation so far, in short: summaries that lose no figure, compaction, and what becomes of a talk that has gone quiet. */
package io.serai.summary;
