package io.serai.slack;

import io.serai.WrongSetting;
import io.serai.channel.Pulses;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The workspaces that are on. */
@Component
class Workspaces {

    /** The channel in addresses and messages. */
    static final String CHANNEL = "slack";

    private final Map<String, Workspace> workspaces = new TreeMap<>();

    Workspaces(SlackSettings settings, Pulses pulses) {
        settings.slack().forEach((name, account) -> {
            if (account.token() != null) {
                check(name, account);
                workspaces.put(name, new Workspace(name, account, pulses.watch(CHANNEL, name, account.patience())));
            }
        });
        if (workspaces.isEmpty()) {
            pulses.off(CHANNEL, "set SLACK_TOKEN (xoxb-...), and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN (docs/channels.md)");
        }
    }

    Collection<Workspace> all() {
        return workspaces.values();
    }

    Optional<Workspace> find(String name) {
        return Optional.ofNullable(workspaces.get(name));
    }

    /** @throws NoSuchElementException when there is none of that name any more */
    Workspace get(String name) {
        return find(name).orElseThrow(() -> new NoSuchElementException("there is no workspace " + name + ": see serai.slack in application.yaml"));
    }

    /** By hand, since what refuses settings for us quotes them. */
    static void check(String name, SlackSettings.Account account) {
        if (!isToken(account.token())) {
            throw new WrongSetting("serai.slack." + name + ".token is no token: it looks like xoxb-123-456-AbC");
        }
        if (account.signingSecret() == null && account.appToken() == null) {
            throw new WrongSetting("serai.slack." + name + " hears nothing: it needs signing-secret (SLACK_SIGNING_SECRET) for events, "
                    + "or app-token (SLACK_APP_TOKEN) for Socket Mode");
        }
        if (account.appToken() != null && !(account.appToken().startsWith("xapp-") && isToken(account.appToken()))) {
            throw new WrongSetting("serai.slack." + name + ".app-token is no app-level token: it looks like xapp-1-A1-2-3c");
        }
    }

    /** Whether a header can hold it: what refuses another there quotes it. */
    private static boolean isToken(String text) {
        return text.matches("[\\x21-\\x7e]+");
    }
}
