package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serai.route.Reload;
import io.serai.town.Printed;
import io.serai.town.TestDatabase;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/memory.md: open orders, from another database and from an HTTP service. */
@Tag("database")
class OtherSystemsTest {

    private static final String LAYER = """
            -- heading: Their open orders
            -- place: turn
            -- database: shop
            select concat('order:', number) as source, null as role, placed_at as at, concat('Order ', number, ': ', state) as text
            from orders
            where customer in (:handles)
            order by placed_at desc
            """;

    /** An answer of a byte at a time, which is never silent for long and ends after half a minute. */
    private static final String SLOW = "slow";

    /** A layer of our own database, that asks by addresses. */
    private static final String OWN_LAYER = """
            -- heading: Where they are reached
            -- place: turn
            select 'address:' || id as source, null as role, created_at as at, 'Reached at ' || handle as text
            from address where contact_id = :contact and handle in (:handles)
            """;

    @TempDir
    private static Path home;

    private static final TestDatabase shop = TestDatabase.create();
    private static final AtomicReference<String> asked = new AtomicReference<>();
    private static final AtomicReference<String> answer = new AtomicReference<>("[{\"source\": \"P-7\", \"text\": \"Parcel P-7 is in Oslo\"}]");
    private static final AtomicReference<String> type = new AtomicReference<>();
    private static HttpServer parcels;
    private static Town town;

    private final Visitor customer = town.visitor();

    @BeforeAll
    static void open() throws IOException {
        parcels = parcels();
        copy(home);
        Files.writeString(home.resolve("memory/layers/orders.sql"), LAYER);
        Files.writeString(home.resolve("memory/layers/reached.sql"), OWN_LAYER);
        Path enrich = home.resolve("routes/enrich.yaml");
        Files.writeString(enrich, Files.readString(enrich).replace("layer: changes", "layer: reached").stripTrailing() + """

                        - to:
                            uri: kamelet:recall
                            parameters:
                              layer: orders
                              budget: 300
                        - to:
                            uri: kamelet:consult
                            parameters:
                              layer: parcels
                              heading: Where their parcels are
                              url: http://127.0.0.1:%d/parcels
                              budget: 200
                """.formatted(parcels.getAddress().getPort()).indent(0));
        town = Town.with(Map.of("serai.home", home, "serai.databases.shop.url", shop.url(), "serai.databases.shop.user", shop.user(),
                "serai.databases.shop.password", shop.password()));
        town.model().says("Well.");
    }

    @AfterAll
    static void close() {
        town.close();
        parcels.stop(0);
    }

    @Test
    void tellWhatTheyKnow() throws Exception {
        try (var connection = shop.connect(); var statement = connection.createStatement()) {
            statement.execute("create table orders (number text, customer text, state text, placed_at timestamptz)");
            String handle = handle();
            statement.execute("insert into orders values ('4711', '" + handle + "', 'packed', now()), ('0815', 'somebody else', 'lost', now())");
            customer.says("Where is my order?");
            customer.hears();
            String prompt = town.model().requests().getLast().lastUser();
            assertThat(prompt).contains("heading=\"Their open orders\"", "Order 4711: packed", "heading=\"Where their parcels are\"", "Parcel P-7 is in Oslo")
                    .doesNotContain("Order 0815", "lost");
            assertThat(asked.get()).contains("\"handles\":[\"" + handle + "\"]", "\"said\":\"Where is my order?\"");

            assertThat(type.get()).isEqualTo("application/json");

            try (var busy = shop.connect(); var locking = busy.createStatement()) {
                busy.setAutoCommit(false);
                locking.execute("lock table orders");
                customer.says("Hello?");
                customer.hears("Well.");
            }
            assertThat(reasons()).containsExactly("the database shop did not answer");

            for (String silence : List.of(SLOW, "x".repeat(2_000_000))) {
                answer.set(silence);
                Instant before = Instant.now();
                customer.says("Hello?");
                customer.hears("Well.");
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(12));
                assertThat(reasons()).containsExactly("the other system did not answer with an array");
            }

            answer.set("<html>Bad gateway</html>");
            statement.execute("drop table orders");
            customer.says("And now?");
            customer.hears("Well.");
            assertThat(reasons()).containsExactly("the database shop did not answer", "the other system did not answer with JSON");
        }
    }

    @Test
    void tellNoLogWhatTheyCouldNotRead(Printed output) throws IOException {
        try {
            edit(LAYER.replaceFirst("(?s)select.*", "select 'a' as source, null as role, now() as at, (:said::json)::text as text where :contact > 0\n"));
            String secret = UUID.randomUUID().toString();
            customer.says(secret);
            customer.hears("Well.");
            assertThat(reasons()).contains("the database shop did not answer");
            assertThat(output).contains("The layer orders is left out, the database shop did not answer: ERROR: invalid input syntax for type json")
                    .doesNotContain(secret);
        } finally {
            edit(LAYER);
        }
    }

    private static void edit(String layer) throws IOException {
        Reload reload = town.bean(Reload.class);
        long before = reload.revision();
        Files.writeString(home.resolve("memory/layers/orders.sql"), layer);
        await().until(() -> reload.revision() > before);
    }

    /** A layer of our own database may ask by addresses, too. */
    @Test
    void areAskedOnlyByAddressesThatAreTheirsForSure() {
        String own = handle();
        town.sql().sql("""
                insert into address (contact_id, channel, account, handle, unverified, is_group)
                select contact_id, 'email', 'main', 'ada@example.org', 'a thread', false from address where handle = :own union all
                select contact_id, 'telegram', 'main', '-4711', '', true from address where handle = :own
                """).param("own", own).update();
        customer.says("Where is my order?");
        customer.hears();
        assertThat(town.model().requests().getLast().lastUser()).contains("Reached at " + own).doesNotContain("ada@example.org", "-4711");
        town.sql().sql("update address set is_group = true where handle = :own").param("own", own).update();
        customer.says("And now?");
        customer.hears("Well.");
        assertThat(town.model().requests().getLast().lastUser()).doesNotContain("Reached at ");
    }

    /** Says hello, and tells by what the hub knows them. */
    private String handle() {
        customer.says("Hello");
        customer.hears();
        return town.sql().sql("select handle from address where channel = 'web-chat' order by id desc limit 1").query(String.class).single();
    }

    private static List<String> reasons() {
        JsonNode frame = town.saw(town.sql().sql("select max(reply_id) from frame").query(Long.class).single());
        return StreamSupport.stream(frame.path("layers").spliterator(), false)
                .filter(layer -> List.of("orders", "parcels").contains(layer.path("name").asText()) && !layer.path("cuts").isEmpty())
                .map(layer -> layer.at("/cuts/0/reason").asText())
                .toList();
    }

    private static HttpServer parcels() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/parcels", exchange -> {
            type.set(exchange.getRequestHeaders().getFirst("Content-Type"));
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (answer.get().equals(SLOW)) {
                trickle(exchange);
                return;
            }
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private static void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
                body.write(' ');
                body.flush();
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
        }
    }

    private static void copy(Path home) throws IOException {
        for (String folder : new String[] {"routes", "processors", "memory"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.toList()) {
                    Path to = home.resolve(file.toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(file, to);
                    }
                }
            }
        }
    }
}
