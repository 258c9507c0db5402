package io.serai.route;

/** A file of routes or Kamelets cannot be put to work. */
class RoutesUnusable extends RuntimeException {

    RoutesUnusable(String where, Throwable why) {
        super("the files in %s cannot be put to work: %s".formatted(where, why.getMessage()), why);
    }
}
