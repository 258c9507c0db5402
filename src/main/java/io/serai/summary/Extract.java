package io.serai.summary;

import io.serai.message.Digest;
import io.serai.message.Message;
import io.serai.message.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * A summary without a model: what the customer said first and last, in their own words; figures, promises, decisions and questions are added word for
 * word anyway.
 */
final class Extract {

    private Extract() {}

    static String of(Digest digest) {
        List<String> told = new ArrayList<>();
        if (!digest.summary().isEmpty()) {
            told.add(digest.summary());
        }
        List<String> said = digest.reading().messages().stream()
                .filter(message -> message.role() == Role.USER)
                .map(Message::text)
                .flatMap(text -> Verbatim.sentences(text).stream().limit(1).map(Verbatim::shortened))
                .toList();
        said.stream().limit(1).forEach(first -> told.add("They said: \"" + first + "\""));
        said.stream().skip(Math.max(1, said.size() - 2)).forEach(last -> told.add("Later: \"" + last + "\""));
        String[] words = String.join(" ", told).split("\\s+");
        return String.join(" ", List.of(words).subList(Math.max(0, words.length - digest.words()), words.length));
    }
}
