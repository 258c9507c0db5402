package io.serai.summary;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Patterns;
import io.serai.contact.Owners;
import io.serai.message.Digest;
import io.serai.profile.Profiles;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes a summary, and with it that the talk is compacted. Whatever the model wrote: what it left out of the figures, decisions and questions is added
 * word for word; when it wrote nothing, the summary is made of what was said.
 */
@Component("condense")
class Condense {

    /** A model that writes more than twice what it may is cut. */
    private static final int LENIENCE = 2;

    private final Owners owners;
    private final Summaries summaries;
    private final Profiles profiles;
    private final Verbatim verbatim;
    private final MeterRegistry meters;

    Condense(Owners owners, Summaries summaries, Profiles profiles, Patterns patterns, MeterRegistry meters) {
        this.owners = owners;
        this.summaries = summaries;
        this.profiles = profiles;
        this.verbatim = new Verbatim(patterns);
        this.meters = meters;
    }

    /**
     * Writes nothing when what was read is no longer one talk: those who had it were parted.
     *
     * @param answer the summary that a model wrote; blank when none did
     */
    @Transactional
    public Digest condense(Digest digest, String answer) {
        owners.hold(digest.reading().conversationId(), digest.reading().messages()).ifPresent(owner -> write(owner.id(), digest, answer));
        return digest;
    }

    private void write(long contact, Digest digest, String answer) {
        boolean byModel = !digest.byRules() && answer != null && !answer.isBlank();
        String prose = byModel ? bounded(answer.strip(), digest.words() * LENIENCE) : Extract.of(digest);
        String profile = profiles.of(contact).stream().map(Profiles.Known::value).collect(Collectors.joining("\n"));
        summaries.write(contact, digest, prose, verbatim.of(digest, prose + "\n" + profile), byModel ? "model" : "extract");
        if (digest.isCompaction()) {
            summaries.compact(digest.reading().conversationId(), digest.keptFrom());
            meters.counter("serai.compactions", "by", byModel ? "model" : "extract").increment();
        }
    }

    private static String bounded(String text, int words) {
        List<String> all = List.of(text.split("(?<=\\s)"));
        return all.size() <= words ? text : String.join("", all.subList(0, words)).strip() + "…";
    }
}
