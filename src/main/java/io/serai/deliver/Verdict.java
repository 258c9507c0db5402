package io.serai.deliver;

import io.serai.NoConnection;
import io.serai.message.AccountRefused;
import io.serai.message.AddressGone;
import io.serai.message.Later;
import io.serai.message.NotSent;
import io.serai.message.Refused;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.FailedToCreateProducerException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * What an exception says about a parcel that was being sent: surely not sent, refused, or unknown. What is not known here for certain is unknown.
 *
 * @param pause when to come back, if the far side said so (Retry-After, RFC 9110, 10.2.3), or null
 * @param counts whether this try uses up one of the attempts
 * @param forAll whether all that goes by this account has to wait for the pause
 */
record Verdict(End end, Duration pause, boolean counts, boolean forAll) {

    enum End {
        /** It did not leave: again by the plan. */
        NOT_SENT,
        /** It will not be taken: another way, or a dead letter. */
        REFUSED,
        /** Nothing will be taken at this address. */
        ADDRESS_GONE,
        /** Our account is not let in. */
        ACCOUNT_REFUSED,
        /** Nobody knows. */
        UNKNOWN;

        /** The word in metrics. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final Verdict UNKNOWN = new Verdict(End.UNKNOWN, null, true);
    private static final Verdict NOT_SENT = new Verdict(End.NOT_SENT, null, true);

    Verdict(End end, Duration pause, boolean counts) {
        this(end, pause, counts, true);
    }

    /** The first thing in the chain of causes that is known here decides. */
    static Verdict of(Throwable why, Instant now) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            Verdict verdict = known(cause, now);
            if (verdict != null) {
                return verdict;
            }
        }
        return UNKNOWN;
    }

    private static Verdict known(Throwable cause, Instant now) {
        return switch (cause) {
            // Our own database refused a connection, perhaps to who wanted to note that it has arrived: no word about the far side.
            case DataAccessException ours -> UNKNOWN;
            case TransactionException ours -> UNKNOWN;
            case SQLException ours -> UNKNOWN;
            case Later later -> new Verdict(End.NOT_SENT, later.pause(), later.counts(), later.forAll());
            case NotSent unsent -> NOT_SENT;
            case AddressGone gone -> new Verdict(End.ADDRESS_GONE, null, true);
            case Refused refused -> new Verdict(End.REFUSED, null, true);
            case AccountRefused refused -> new Verdict(End.ACCOUNT_REFUSED, null, false);
            case HttpOperationFailedException http -> http(http.getStatusCode(), http.getResponseHeaders(), now);
            default -> neverLeft(cause) ? NOT_SENT : null;
        };
    }

    /** There was no connection, or not even an endpoint. */
    private static boolean neverLeft(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException noConnection -> true;
            case ConnectionRequestTimeoutException busy -> true;
            case ResolveEndpointFailedException wrong -> true;
            case FailedToCreateProducerException wrong -> true;
            case NoSuchEndpointException wrong -> true;
            case NoSuchBeanException wrong -> true;
            default -> NoConnection.is(cause);
        };
    }

    /** By the meaning of the codes in RFC 9110: which of them are said before anything was done. */
    private static Verdict http(int status, Map<String, String> headers, Instant now) {
        return switch (status) {
            case 401 -> new Verdict(End.ACCOUNT_REFUSED, null, false);
            case 408, 425 -> NOT_SENT;
            case 429, 503 -> new Verdict(End.NOT_SENT, retryAfter(headers, now), true);
            default -> status >= 300 && status < 500 ? new Verdict(End.REFUSED, null, true) : UNKNOWN;
        };
    }

    private static Duration retryAfter(Map<String, String> headers, Instant now) {
        return headers == null ? null : headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Retry-After") && header.getValue() != null)
                .findFirst()
                .map(header -> retryAfter(header.getValue().strip(), now))
                .orElse(null);
    }

    /** Seconds, or a date. */
    private static Duration retryAfter(String value, Instant now) {
        try {
            return Later.bounded(value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
