package io.serai.web;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a person or a program may do here; each may also do what those before it may. */
enum Rank {
    /** Sees what happens, but not what people wrote. */
    VIEWER,
    /** Reads and answers people; sends messages as a program. */
    OPERATOR,
    /** Tries edits of routes, which an admin puts to work. */
    ENGINEER,
    /** Changes what runs; gives and takes rights. */
    ADMIN;

    static Rank of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in tables and APIs. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<GrantedAuthority> authorities() {
        return List.of(new SimpleGrantedAuthority("ROLE_" + word()));
    }
}
