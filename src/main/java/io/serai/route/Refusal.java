package io.serai.route;

import java.time.Instant;
import java.util.List;

/** A set that was refused, and why; what ran before runs on. */
public record Refusal(Instant at, String author, List<Fault> faults) {}
