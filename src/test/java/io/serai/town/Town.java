package io.serai.town;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.Serai;
import io.serai.memory.Frames;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hub with its surroundings: a real database, a scripted model on a real socket, a clock that can be moved. Scenes share one, since visitors
 * do not know of each other; what needs a hub of its own opens one.
 */
public final class Town implements AutoCloseable {

    /** What a class of scenes locks that uses {@link #shared()}: the words of its model are one class's at a time. */
    public static final String SHARED = "the shared town";

    /** What a class locks in which a hub does not start, since a scene that reads what is told of its own would read of others. */
    public static final String FAILED_START = "a hub that does not start";

    private static final class Shared {
        private static final Town TOWN = new Town(Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(TOWN::close));
        }
    }

    private final ScriptedModel model = ScriptedModel.start();
    private final SettableClock clock = new SettableClock();
    private final Map<String, Object> settings = new HashMap<>();
    private ConfigurableApplicationContext hub;

    private Town(Map<String, Object> own) {
        settings.putAll(TestDatabase.furnished().properties());
        settings.put("server.port", 0);
        settings.put("serai.models.main.base-url", model.url());
        settings.put("serai.models.main.name", "scripted");
        settings.put("serai.answer.debounce.web-chat", "0ms");
        settings.put("serai.answer.debounce.default", "0ms");
        settings.put("serai.reflect.delay", "0ms");
        settings.put("serai.admin.password", TestDatabase.PASSWORD);
        settings.put("serai.contact.policy.telegram", "open"); // scenes about strangers say otherwise
        settings.put("serai.contact.policy.slack", "open");
        settings.put("serai.limits.chat-per-address", 100_000);
        settings.put("serai.limits.streams-per-address", 100_000);
        settings.put("serai.profile.extraction", "off"); // the scripted model is asked what scenes ask, and nothing behind their backs
        settings.put("serai.summary.every", 0);
        settings.put("camel.main.name", "serai-" + UUID.randomUUID()); // Quartz keeps one scheduler a name in a JVM: towns must not share theirs
        settings.put("serai.telegram.main.token", ""); // whatever the environment says
        if (!own.containsKey("serai.home")) {
            settings.put("serai.reload", "manual"); // no scene edits the files of the repository, and each hub looks at all of them three times a second
        }
        settings.putAll(own);
        start();
    }

    /** The town that scenes share. */
    public static Town shared() {
        return Shared.TOWN;
    }

    /** A town of its own. */
    public static Town with(Map<String, Object> settings) {
        return new Town(settings);
    }

    /** Starts the hub, after {@link #stop()}. */
    public void start() {
        var application = new SpringApplication(Serai.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean("clock", Clock.class, () -> clock));
        application.setAllowBeanDefinitionOverriding(true);
        application.setDefaultProperties(Map.of());
        hub = application.run(settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()).toArray(String[]::new));
    }

    /** Stops the hub in good order; what the database holds stays. */
    public void stop() {
        hub.close();
    }

    public URI url(String path) {
        int port = ((ServletWebServerApplicationContext) hub).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public ScriptedModel model() {
        return model;
    }

    public SettableClock clock() {
        return clock;
    }

    public JdbcClient sql() {
        return hub.getBean(JdbcClient.class);
    }

    /** Whether somebody waits for another's lock in the database of this town; the server may have those of others. */
    public boolean isAnybodyLockedOut() {
        return sql().sql("select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())").query(Boolean.class).single();
    }

    public <T> T bean(Class<T> type) {
        return hub.getBean(type);
    }

    /** Somebody new at the page. */
    public Visitor visitor() {
        return new Visitor(() -> url("").toString());
    }

    /** Lets something come in through a door that does nothing else. */
    public Receipt receives(Inbound inbound) {
        return bean(ProducerTemplate.class).requestBody("direct:listen", inbound, Receipt.class);
    }

    /** The answer to a message, once it is there. */
    public String answer(Receipt message) {
        return Awaitility.await().until(() -> sql().sql("""
                        select coalesce(min(reply.text), '') from message asked join message reply on reply.id = asked.answer_id where asked.public_id = :id
                        """)
                .param("id", message.publicId())
                .query(String.class)
                .single(), text -> !text.isEmpty());
    }

    /** What the model saw when it wrote a reply. */
    public JsonNode saw(long reply) {
        return bean(Frames.class).of(reply).orElseThrow();
    }

    /** Ends it and lets go of the hub: classes of scenes keep their towns, and dozens of hubs would fill the memory of the tests. */
    @Override
    public void close() {
        hub.close();
        hub = null;
        model.close();
    }
}
