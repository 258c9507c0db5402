package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.dialect.Dialects;
import io.serai.message.AccountRefused;
import io.serai.message.AddressGone;
import io.serai.message.Later;
import io.serai.message.NotSent;
import io.serai.message.Parcel;
import io.serai.message.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Posts a parcel. One that may have arrived already is looked for first, by the mark that we put on it. */
@Component("postMessage")
class PostMessage {

    private static final Set<String> NOT_NOW = Set.of("service_unavailable", "http_503");
    /** Something of it may have been done (docs.slack.dev, chat.postMessage, errors). */
    private static final Set<String> WHO_KNOWS = Set.of("fatal_error", "internal_error", "request_timeout", "http_500", "http_502", "http_504");

    private final Workspaces workspaces;
    private final Traces traces;

    PostMessage(Workspaces workspaces, Traces traces) {
        this.workspaces = workspaces;
        this.traces = traces;
    }

    /**
     * @return when it was posted, by which Slack knows it in its channel
     * @throws Later when Slack said when to come back
     * @throws NotSent when there was no connection, or Slack was not there
     * @throws AccountRefused when we are not let in
     * @throws AddressGone when the channel takes nothing more
     * @throws Refused when Slack will never take this
     * @throws NoAnswer when nobody knows
     */
    public String postMessage(Parcel parcel) {
        Workspace workspace = workspaces.find(parcel.to().account()).orElseThrow(() -> new AccountRefused(
                Workspaces.CHANNEL, parcel.to().account(), "there is no workspace of this name: see serai.slack in application.yaml", null));
        Optional<String> arrived = parcel.begun() ? find(workspace, parcel) : Optional.empty();
        return arrived.orElseGet(() -> post(workspace, parcel));
    }

    private String post(Workspace workspace, Parcel parcel) {
        Map<String, String> message = new HashMap<>();
        message.put("channel", parcel.to().handle());
        message.put("text", Dialects.of("slack").render(parcel.text()));
        message.put("metadata", Traces.mark(parcel));
        // Slack would fetch what a link names before anybody has clicked it, and with it what a model was talked into writing there
        message.put("unfurl_links", "false");
        message.put("unfurl_media", "false");
        if (parcel.thread() != null) {
            message.put("thread_ts", parcel.thread());
        }
        try {
            JsonNode posted = workspace.api().call("chat.postMessage", message);
            return posted.path("ts").asText();
        } catch (NoAnswer silent) {
            throw silent.wasReached() ? silent : new NotSent(silent.getMessage(), silent);
        } catch (Rejected no) {
            throw judge(parcel, no);
        }
    }

    private Optional<String> find(Workspace workspace, Parcel parcel) {
        try {
            return traces.find(workspace, parcel);
        } catch (NoAnswer silent) {
            throw new NotSent("cannot find out whether it arrived: " + silent.getMessage(), silent);
        } catch (Rejected no) {
            RuntimeException judged = judge(parcel, no);
            throw judged instanceof Later || judged instanceof AccountRefused || judged instanceof AddressGone
                    ? judged
                    : new NotSent("cannot find out whether it arrived: " + no.getMessage(), no);
        }
    }

    private static RuntimeException judge(Parcel parcel, Rejected no) {
        String error = no.error();
        if (no.isTooSoon()) {
            return new Later(no.getMessage(), no.retryAfter() == null ? Duration.ofSeconds(1) : no.retryAfter(), false, no);
        }
        if (no.isOfTheAccount()) {
            return new AccountRefused(Workspaces.CHANNEL, parcel.to().account(), no.getMessage(), no);
        }
        if (no.isOfThePlace()) {
            return new AddressGone(no.getMessage(), no);
        }
        if (WHO_KNOWS.contains(error)) {
            return new NoAnswer("chat.postMessage", true, no);
        }
        return NOT_NOW.contains(error) ? new NotSent(no.getMessage(), no) : new Refused(no.getMessage(), no);
    }
}
