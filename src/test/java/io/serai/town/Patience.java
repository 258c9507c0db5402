package io.serai.town;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How long every scene waits for what must come: longer than a busy machine needs, since a scene that passes never waits for the end of it. */
public class Patience implements BeforeAllCallback {

    public static final Duration TIME = Duration.ofSeconds(40);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(TIME);
    }
}
