package io.serai.web;

/** The message is stored, but what came of it is a dead letter: a person has to look at it. */
class Unanswered extends RuntimeException {

    Unanswered(long messageId) {
        super("message " + messageId + " could not be answered; it is kept as a dead letter");
    }
}
