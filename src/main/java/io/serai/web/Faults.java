package io.serai.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.serai.message.Refused;
import io.serai.route.Overtaken;
import io.serai.route.SetRefused;
import io.serai.route.Unwritable;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;

/** What a sender is told about an exception. Only what nobody foresaw is logged, under an id that the sender is given too. */
final class Faults {

    private static final Logger log = LoggerFactory.getLogger(Faults.class);
    private static final String COME_AGAIN_SECONDS = "5";

    private Faults() {}

    static Fault of(Throwable thrown) {
        if (Unavailable.isBehind(thrown)) {
            return Fault.of(HttpStatus.SERVICE_UNAVAILABLE, "The hub can keep nothing at the moment, so nothing was accepted. Send it again soon.")
                    .kind("unavailable")
                    .header(HttpHeaders.RETRY_AFTER, COME_AGAIN_SECONDS);
        }
        return switch (thrown) {
            case Stopped stopped -> stopped.fault();
            case Refused refused -> Fault.of(HttpStatus.UNPROCESSABLE_ENTITY, refused.getMessage()).kind("refused");
            case SetRefused refused -> Fault.of(HttpStatus.UNPROCESSABLE_ENTITY, "What runs runs on:\n" + refused.getMessage()).kind("faulty");
            case Overtaken overtaken -> Fault.of(HttpStatus.CONFLICT,
                    "Somebody was faster. Your text against the one that is there now:\n" + overtaken.getMessage()).kind("overtaken");
            case Unwritable unwritable -> Fault.of(HttpStatus.CONFLICT, unwritable.getMessage());
            case Unanswered dead -> Fault.of(HttpStatus.BAD_GATEWAY,
                            "The message is stored, but no answer could be found. A person will see it: do not send it again.")
                    .kind("unanswered");
            case AuthenticationException unknown -> unauthenticated();
            case CsrfException forged -> Fault.of(HttpStatus.FORBIDDEN,
                            "With a session, the value of the cookie XSRF-TOKEN belongs in the header X-XSRF-TOKEN. Load the page anew.")
                    .kind("csrf");
            case AccessDeniedException denied -> Fault.of(HttpStatus.FORBIDDEN, "This needs a higher role. Ask an admin.");
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case JsonProcessingException malformed -> Malformed.fault(malformed);
            case ErrorResponse standard -> standard(standard);
            case DataIntegrityViolationException broken when isAboutTime(broken) -> invalid("a time or a day lies beyond what can be kept");
            case DataIntegrityViolationException broken when isAboutNul(broken) -> invalid("a text has the character U+0000, which no text here may have");
            case MethodArgumentTypeMismatchException type -> invalid(type.getName() + " has the wrong form");
            default -> unexpected(thrown);
        };
    }

    static Fault unauthenticated() {
        // Never a Basic challenge: a browser would ask for a password, keep it, and send it along with requests that other sites forge.
        return Fault.of(HttpStatus.UNAUTHORIZED, "Show a token (Authorization: Bearer) or, where people may pass, log in (Basic, or at /login).")
                .kind("unauthenticated")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"serai\"");
    }

    static Fault of(HttpStatus status) {
        return Fault.of(status, switch (status) {
            case NOT_FOUND -> "There is nothing here. The endpoints are described at /api/openapi.json.";
            case BAD_REQUEST -> "The request cannot be understood.";
            default -> status.getReasonPhrase() + ".";
        });
    }

    private static Fault unreadable(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException malformed) {
                return Malformed.fault(malformed);
            }
        }
        return Fault.of(HttpStatus.BAD_REQUEST, "The body is missing, or ended before it was whole.").kind("malformed");
    }

    private static Fault standard(ErrorResponse standard) {
        HttpStatus status = HttpStatus.valueOf(standard.getStatusCode().value());
        Fault fault = switch (standard) {
            case HttpRequestMethodNotSupportedException method -> Fault.of(status, "Allowed are " + method.getSupportedHttpMethods() + ".");
            case HttpMediaTypeNotSupportedException type when type.getSupportedMediaTypes().isEmpty() -> Fault.of(status, "A form (curl's default) "
                    + "cannot be taken here: say Content-Type: text/plain, or let curl send the file with -T.");
            case HttpMediaTypeNotSupportedException type -> Fault.of(status, "Bodies here are of type " + type.getSupportedMediaTypes() + ".");
            case HttpMediaTypeNotAcceptableException type -> Fault.of(status, "Available are " + type.getSupportedMediaTypes() + ".");
            case MethodArgumentNotValidException invalid -> invalid(invalid.getFieldErrors().stream()
                    .map(error -> error.getField() + " " + error.getDefaultMessage())
                    .sorted()
                    .collect(Collectors.joining("; ")));
            case HandlerMethodValidationException invalid -> invalid(invalid.getParameterValidationResults().stream()
                    .map(result -> result.getMethodParameter().getParameterName() + " "
                            + result.getResolvableErrors().getFirst().getDefaultMessage())
                    .collect(Collectors.joining("; ")));
            case MissingServletRequestParameterException missing -> invalid(missing.getParameterName() + " is missing");
            case ResponseStatusException ours when ours.getReason() != null -> Fault.of(status, ours.getReason());
            default -> of(status);
        };
        return new Fault(fault.status(), fault.kind(), fault.detail(), standard.getHeaders());
    }

    /** PostgreSQL keeps it in no text (SQLSTATE 22021), and in no JSON (22P05). */
    private static boolean isAboutNul(DataIntegrityViolationException broken) {
        return isOneOf(Set.of("22021", "22P05"), broken);
    }

    /** Java's years have nine digits and more, PostgreSQL's end with 294276 (SQLSTATE 22007 and 22008). */
    private static boolean isAboutTime(DataIntegrityViolationException broken) {
        return isOneOf(Set.of("22007", "22008"), broken);
    }

    private static boolean isOneOf(Set<String> states, DataIntegrityViolationException broken) {
        return broken.getMostSpecificCause() instanceof SQLException told && states.contains(String.valueOf(told.getSQLState()));
    }

    private static Fault invalid(String what) {
        return Fault.of(HttpStatus.BAD_REQUEST, "Not valid: " + what + ".").kind("invalid");
    }

    private static Fault unexpected(Throwable thrown) {
        String id = UUID.randomUUID().toString();
        log.error("request failed, error {}", id, thrown);
        return Fault.of(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong. Who runs this hub finds it in the log as error " + id + ".")
                .kind("unexpected");
    }
}
