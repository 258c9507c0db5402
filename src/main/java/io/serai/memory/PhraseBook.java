package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.Home;
import org.springframework.stereotype.Component;

/** The files of {@code memory/phrases}, as they are now. */
@Component
class PhraseBook {

    private final Home home;
    private final Cache<String, Phrases> read = Caffeine.newBuilder().maximumSize(100).build();

    PhraseBook(Home home) {
        this.home = home;
    }

    /** @param name a file of {@code memory/phrases}, without its ending */
    Phrases of(String name) {
        return read.get(home.text("memory/phrases/" + name + ".txt"), Phrases::read);
    }
}
