package io.serai.bench;

import io.serai.memory.Storyteller;
import io.serai.message.Contact;
import io.serai.town.Town;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a search takes in all that one contact ever said, the more others there are: their turns lie among each other, as time goes by.
 *
 * <p>Arguments: turns of the contact (10000), then turns of all others, each added to those before (1000 10000 100000).
 */
final class Depth {

    private static final int WORDS = 5_000;
    private static final int SEARCHES = 200;
    private static final int WARM = 60;

    private final Town town;
    private final Storyteller teller;
    private final Random random = new Random(11);

    private Depth(Town town) {
        this.town = town;
        teller = new Storyteller(town);
    }

    public static void main(String[] arguments) {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int[] others = arguments.length > 1 ? Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray() : new int[] {1_000, 10_000, 100_000};
        try (Town town = Town.with(Map.of())) {
            var depth = new Depth(town);
            depth.prepare();
            boolean extension = town.sql().sql("select exists (select from pg_extension where extname = 'vector')").query(Boolean.class).single();
            System.out.println(town.sql().sql("show server_version").query(String.class).single() + (extension ? ", pgvector" : ", the shim"));
            int so = 0;
            for (int all : others) {
                Contact contact = depth.fill(turns, all - so);
                so = all + turns;
                depth.measure(contact, turns, all);
            }
        }
        System.exit(0);
    }

    /** Words, of which the first are the most frequent, and vectors around fifty topics. */
    private void prepare() {
        town.sql().sql("create table pool (at int primary key, signs bit varying, planes bit varying)").update();
        float[][] topics = IntStream.range(0, 50).mapToObj(topic -> vector(null)).toArray(float[][]::new);
        for (int at = 0; at < 2_000; at++) {
            town.sql().sql("insert into pool select :at, left(bits::text, 384)::bit varying, substr(bits::text, 385)::bit varying from planes(:vector) as bits")
                    .param("at", at).param("vector", vector(topics[random.nextInt(topics.length)])).update();
        }
    }

    private float[] vector(float[] near) {
        double[] axes = IntStream.range(0, 384).mapToDouble(axis -> random.nextGaussian() + (near == null ? 0 : 25 * near[axis])).toArray();
        double length = Math.sqrt(Arrays.stream(axes).map(axis -> axis * axis).sum());
        float[] vector = new float[axes.length];
        IntStream.range(0, axes.length).forEach(axis -> vector[axis] = (float) (axes[axis] / length));
        return vector;
    }

    /** Rows as {@code Recollections} writes them, but thousands in a statement: a contact with these turns, and others with as many, a hundred turns each. */
    private Contact fill(int turns, int others) {
        long contact = town.sql().sql("insert into contact (name) values ('Ada') returning id").query(Long.class).single();
        town.sql().sql("insert into contact (name) select 'Bob' from generate_series(1, :n)").param("n", Math.max(1, others / 100)).update();
        town.sql().sql("insert into conversation (contact_id, key) select id, 'main' from contact where id >= :contact").param("contact", contact).update();
        town.sql().sql("""
                with said as (
                    select case when random() * (:turns + :others) < :turns then :contact
                                else :contact + 1 + floor(random() * :people) end as contact_id,
                           (select string_agg('word' || floor(:words * power(random(), 3)), ' ') from generate_series(1, 8 + (n % 20)) where n > 0) as text, n
                    from generate_series(1, :turns + :others) as n
                )
                insert into message (conversation_id, contact_id, role, author, text, channel, account, tokens, said_at)
                select conversation.id, said.contact_id, case n % 2 when 0 then 'user' else 'assistant' end, 'Ada', text, 'story', '', 10, now() - interval '1 minute' * (1000000 - n)
                from said join conversation on conversation.contact_id = said.contact_id order by n
                """)
                .param("turns", turns).param("others", others).param("contact", contact).param("people", Math.max(1, others / 100)).param("words", WORDS)
                .update();
        town.sql().sql("""
                insert into recollection (message_id, contact_id, conversation_id, place, sitting, role, speaker, said_at, size, tags, signs, planes)
                select id, contact_id, conversation_id, row_number() over (partition by conversation_id order by id), id - id % 20, role, author, said_at, length(text), '{}',
                       pool.signs, pool.planes
                from message join pool on pool.at = (id * 7919) % 2000
                where contact_id >= :contact
                order by id
                """).param("contact", contact).update();
        town.sql().sql("""
                insert into recollection_word (conversation_id, word, chunk, places)
                select recollection.conversation_id, lexeme, place / 512, array_agg(place order by place)
                from recollection join message on id = message_id, unnest(to_tsvector('english', text) || to_tsvector('simple', text))
                where recollection.contact_id >= :contact
                group by 1, 2, 3
                """).param("contact", contact).update();
        town.sql().sql("vacuum analyze").update();
        return new Contact(contact, "Ada", ZoneOffset.UTC);
    }

    private void measure(Contact contact, int turns, int others) {
        long[] whole = new long[SEARCHES];
        int found = 0;
        Duration busy = Duration.ZERO;
        for (int search = -WARM; search < SEARCHES; search++) {
            String question = IntStream.range(0, 6).mapToObj(word -> "word" + (int) (WORDS * Math.pow(random.nextDouble(), 3))).collect(Collectors.joining(" "));
            teller.meaning(question); // embedded before, and known by then: what is measured is the search
            long asked = System.nanoTime();
            found += teller.search(contact, question, 20).size();
            if (search == -1) {
                busy = busy();
            }
            if (search >= 0) {
                whole[search] = System.nanoTime() - asked;
            }
        }
        double server = busy().minus(busy).toNanos() / 1e6 / SEARCHES;
        Arrays.sort(whole);
        System.out.printf(Locale.ROOT, "%6d turns of the contact, %7d of others: p50 %.1f ms, p95 %.1f ms, %.1f ms of the server's processor (%d turns found)%n",
                turns, others, whole[SEARCHES / 2] / 1e6, whole[SEARCHES * 95 / 100] / 1e6, server, found);
    }

    /** Processor time of the processes that serve this hub; the server must be on this machine. */
    private Duration busy() {
        return town.sql().sql("select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'").query(Long.class).list().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
