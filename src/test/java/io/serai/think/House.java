package io.serai.think;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.message.Address;
import io.serai.message.Call;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Layer;
import io.serai.message.Lease;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Role;
import io.serai.message.Turn;
import io.serai.town.ScriptedModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The model room alone, configured as by the environment; its database is away. */
final class House implements AutoCloseable {

    /** What a class locks whose models fail, since one of them counts how often the log tells it. */
    static final String TOLD = "what is told of models that fail";

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Models models;
    final Think think;
    final List<String> heard = new CopyOnWriteArrayList<>();
    final Kit kit = new Kit();
    volatile boolean listened;
    volatile boolean takesBack;
    final AtomicInteger starts = new AtomicInteger();
    final StringBuffer everything = new StringBuffer();
    private final Ledger ledger = new Ledger(new JdbcTemplate(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/away")));

    House(Map<String, String> environment) {
        this(environment, new ToolSettings(4, Duration.ofSeconds(10), 8_000));
    }

    House(Map<String, String> environment, ToolSettings settings) {
        models = new Models(CatalogueTest.catalogue(environment), new Usage(meters, ledger), new DefaultListableBeanFactory());
        var room = new StaticListableBeanFactory();
        room.addBean("visitor", new Visitor());
        room.addBean("kit", kit);
        var errands = new Errands(room.getBeanProvider(Toolbox.class), settings, meters, Clock.systemUTC());
        think = new Think(models, errands, room.getBeanProvider(Audience.class));
    }

    /** One role, played by a scripted server; tries come quickly. */
    static Map<String, String> of(String role, ScriptedModel server, String... more) {
        var environment = new HashMap<String, String>();
        String prefix = "SERAI_MODELS_" + role.toUpperCase(java.util.Locale.ROOT) + "_";
        environment.put(prefix + "BASE_URL", server.url());
        environment.put(prefix + "NAME", role + "-model");
        environment.put(prefix + "TIMEOUT", "10s");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(prefix + more[i], more[i + 1]);
        }
        return environment;
    }

    static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        var both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    String asks(String text) {
        return think.think(prompt(text), "main").text();
    }

    double calls(String outcome) {
        return meters.find("serai.model.calls").tag("outcome", outcome).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    static Prompt prompt(String text, Layer... layers) {
        return prompt("Friday 20 November 2026, 13:00 (Europe/Berlin).", text, layers);
    }

    static Prompt prompt(String now, String text, Layer... layers) {
        var contact = new Contact(7, "Ada", ZoneId.of("Europe/Berlin"));
        var turn = new Turn(
                contact,
                new Conversation(42, "main", 0),
                new Address(3, "web-chat", "", "v1"),
                List.of(new Message(99, Role.USER, text, List.of(), NOON)),
                new Lease("turns", 42, 1, 1));
        return new Prompt(turn, "You are Serai.", now, 3_500, List.of(layers));
    }

    static Layer layer(String name, Layer.Place place, Line... lines) {
        return new Layer(name, "What was said", place, false, 100, List.of(lines), 10, List.of());
    }

    static Line user(String text) {
        return new Line("message:1", Role.USER, NOON.minus(Duration.ofHours(1)), text);
    }

    static Line us(String text) {
        return new Line("message:2", Role.ASSISTANT, NOON.minus(Duration.ofMinutes(50)), text);
    }

    @Override
    public void close() {
        try {
            ledger.close();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Tools in Java: what routes do, {@code ToolsTest} tells. */
    static final class Kit implements Toolbox {

        private final Map<Tool, Function<Call, String>> tools = new LinkedHashMap<>();
        final List<Call> calls = new CopyOnWriteArrayList<>();

        void add(String name, Function<Call, String> does) {
            tools.put(new Tool(name, "Does " + name, List.of(new Tool.Parameter("query", "string", "What for", true, List.of()))), does);
        }

        @Override
        public List<Tool> tools() {
            return List.copyOf(tools.keySet());
        }

        @Override
        public String use(Call call) {
            calls.add(call);
            return tools.entrySet().stream().filter(tool -> tool.getKey().name().equals(call.tool())).findFirst().orElseThrow().getValue().apply(call);
        }
    }

    private final class Visitor implements Audience {

        @Override
        public boolean listens(Turn turn) {
            return listened;
        }

        @Override
        public boolean takesBack() {
            return takesBack;
        }

        @Override
        public void starts(Turn turn) {
            starts.incrementAndGet();
            heard.clear();
            heard.add("|");
        }

        @Override
        public void hears(Turn turn, String token) {
            everything.append(token);
            heard.add(token);
        }
    }
}
