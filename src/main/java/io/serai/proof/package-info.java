/** The proof: hubs are killed under load, and what they promised is compared with what came of it. See {@code docs/proof.md}. */
package io.serai.proof;
