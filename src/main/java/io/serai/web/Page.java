package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** A part of a list. What is added or taken away while somebody turns the pages neither hides nor doubles the rest of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Page<T>(
        List<T> items,
        @Schema(description = "the query parameter `before` (of lists that begin with the newest) or `after` of the next page; left out when this is the last")
                String next) {

    static final int MOST = 500;
    static final String NEXT = "the next of the page before";
    static final String USUAL = "50";

    /**
     * @param found one more than the page may hold, if there are so many
     * @param place where an item stands in the list, as a word for the next page
     */
    static <T> Page<T> of(List<T> found, int limit, Function<T, Object> place) {
        List<T> items = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(items, found.size() > limit ? place.apply(items.getLast()).toString() : null);
    }

    /** Somebody asks for a page that is none. */
    static Stopped strayed(String parameter) {
        return new Stopped(Fault.of(HttpStatus.BAD_REQUEST, parameter + " is the next of the page before.").kind("invalid"));
    }
}
