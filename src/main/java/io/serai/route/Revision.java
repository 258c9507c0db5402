package io.serai.route;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A set of files that was put to work, or was meant to be.
 *
 * @param outcome applied, refused or failed
 * @param manifest the hash of each file; not told, since what changed stands in the difference
 * @param diff what was other than in the set that ran before
 * @param millis how long it took to rehearse and to put it to work
 */
public record Revision(long id, Instant madeAt, String author, String outcome, @JsonIgnore Map<String, String> manifest, String diff, List<Fault> faults,
        int millis) {}
