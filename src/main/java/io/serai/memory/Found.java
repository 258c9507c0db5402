package io.serai.memory;

import io.serai.message.Role;
import java.time.Instant;
import java.util.List;

/**
 * A turn that a search found.
 *
 * @param message its id in the transcript
 * @param role who said it
 * @param speaker their name, or null when we do not know it
 * @param at when it was said
 * @param stage of the profile when it was said, or null
 * @param topic what they were talking about before it, or null
 * @param score what the order goes by; of use only within one search
 * @param meaning how near it is in meaning, from -1 to 1
 * @param wording how much of what is asked for stands in it and around it, the rarer the more
 * @param words the stems and words of the question that stand in it
 */
public record Found(
        long message,
        long conversation,
        Role role,
        String speaker,
        Instant at,
        String text,
        List<String> tags,
        String stage,
        String topic,
        double score,
        double meaning,
        double wording,
        List<String> words) {}
