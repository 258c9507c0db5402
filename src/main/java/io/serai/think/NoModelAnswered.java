package io.serai.think;

/** None of a role's models gave an answer, and they may later. */
class NoModelAnswered extends RuntimeException {

    NoModelAnswered(String story, Throwable last) {
        super(story, last);
    }
}
