package io.serai.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What went wrong with a request, as its sender may know it: never a stack trace, a class name, or anything of what was sent.
 *
 * @param kind a word for programs; the problem's type (RFC 9457, 3.1.1) is {@code urn:serai:problem:<kind>}
 * @param detail what happened here and what to do about it
 */
record Fault(HttpStatus status, String kind, String detail, HttpHeaders headers) {

    static Fault of(HttpStatus status, String detail) {
        return new Fault(status, status.name().toLowerCase(Locale.ROOT).replace('_', '-'), detail, HttpHeaders.EMPTY);
    }

    Fault kind(String other) {
        return new Fault(status, other, detail, headers);
    }

    Fault header(String name, String value) {
        HttpHeaders more = new HttpHeaders();
        more.addAll(headers);
        more.set(name, value);
        return new Fault(status, kind, detail, more);
    }

    ProblemDetail problem(String path) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:serai:problem:" + kind));
        problem.setTitle(status.getReasonPhrase());
        problem.setInstance(instance(path));
        return problem;
    }

    /** What was asked for may be no URI at all ({@code //}), and be refused for that. */
    private static URI instance(String path) {
        try {
            return path == null ? null : new URI(path);
        } catch (URISyntaxException none) {
            return null;
        }
    }
}
