package io.serai.email;

import io.serai.email.Headers.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * Whether a mail is from whom it says, by what our own mail server found out when it took it (Authentication-Results, RFC 8601). Only the topmost
 * of these headers count, as long as they follow each other and bear our server's name: what stands below came with the mail and may be forged.
 */
class Trust {

    private static final Set<String> COPIED = Set.of("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "dkim-signature");
    private static final Set<String> BETWEEN = Set.of("dmarc-filter", "dkim-filter", "received-spf");
    private static final Pattern RESULT = Pattern.compile("\\s*([a-z0-9-]+)(?:/\\d+)?\\s*=\\s*([a-z]+)(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern PROPERTY = Pattern.compile("(?<![a-z])([a-z]++\\.[a-z0-9_-]++)\\s*+=\\s*+\"?([^\\s\"]++)", Pattern.CASE_INSENSITIVE);
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    /**
     * What one method found.
     *
     * @param properties such as header.from or smtp.mailfrom
     */
    private record Result(String method, String result, Map<String, String> properties) {

        boolean passes() {
            return result.equals("pass");
        }

        String domain(String property) {
            String value = properties.getOrDefault(property, "");
            return Sender.domain(value.substring(value.lastIndexOf('@') + 1));
        }
    }

    private Trust() {}

    /**
     * Whether DMARC passed, or, where our server did not look at DMARC, DKIM or SPF for a domain that is aligned with the sender's (RFC 7489,
     * section 3.1). A mail with several senders is from none of them.
     *
     * @param authservId the name our server writes into its headers; empty: there is none, and nothing is believed
     */
    static boolean isVerified(Headers headers, String authservId) {
        List<Sender> from = headers.every("From").size() == 1 ? Sender.read(headers.first("From").orElse("")) : List.of();
        if (from.size() != 1 || authservId == null || authservId.isBlank()) {
            return false;
        }
        String domain = from.getFirst().domain();
        List<Result> results = results(headers.all(), authservId.strip());
        List<Result> dmarc = results.stream().filter(result -> result.method().equals("dmarc") && !result.result().equals("none")).toList();
        if (!dmarc.isEmpty()) {
            return dmarc.stream().allMatch(result -> result.passes() && (!result.properties().containsKey("header.from")
                    || result.domain("header.from").equals(domain)));
        }
        return results.stream().anyMatch(result -> result.passes() && switch (result.method()) {
            case "dkim" -> isAligned(domain, result.domain(result.properties().containsKey("header.d") ? "header.d" : "header.i"));
            case "spf" -> isAligned(domain, result.domain("smtp.mailfrom"));
            default -> false;
        });
    }

    private static List<Result> results(List<Header> headers, String authservId) {
        List<Result> results = new ArrayList<>();
        boolean begun = false;
        for (Header header : headers) {
            boolean said = header.is("Authentication-Results");
            if (said && !isOurs(header.value(), authservId) || COPIED.contains(header.name().toLowerCase(Locale.ROOT))) {
                break;
            }
            if (said) {
                begun = true;
                results.addAll(read(header.value()));
            } else if (begun && !BETWEEN.contains(header.name().toLowerCase(Locale.ROOT))) {
                break;
            }
        }
        return results;
    }

    private static boolean isOurs(String value, String authservId) {
        String[] words = plain(value).split(";", 2)[0].strip().split("\\s+");
        return words[0].replace("\"", "").equalsIgnoreCase(authservId);
    }

    /** Without comments; what is quoted cannot pass for a statement. */
    private static String plain(String value) {
        return Quoted.replace(value, quoted -> quoted.replaceAll("[\";=\\s\\\\]", ""), " ");
    }

    private static List<Result> read(String value) {
        String[] statements = plain(value).split(";");
        List<Result> results = new ArrayList<>();
        for (int i = 1; i < statements.length; i++) {
            Matcher result = RESULT.matcher(statements[i]);
            if (result.matches()) {
                Map<String, String> properties = new HashMap<>();
                PROPERTY.matcher(result.group(3)).results().forEach(property ->
                        properties.putIfAbsent(property.group(1).toLowerCase(Locale.ROOT), property.group(2)));
                results.add(new Result(result.group(1).toLowerCase(Locale.ROOT), result.group(2).toLowerCase(Locale.ROOT), properties));
            }
        }
        return results;
    }

    /** Relaxed alignment: both belong to one organisation, as the public suffix list draws its borders. */
    private static boolean isAligned(String from, String proven) {
        return !proven.isEmpty() && (proven.equals(from) || organisation(from) != null && Objects.equals(organisation(from), organisation(proven)));
    }

    private static String organisation(String domain) {
        return SUFFIXES.getDomainRoot(domain);
    }
}
