package io.serai.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The history of what ran. Refusals are part of it; their texts are not. */
@Repository
public class Revisions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;

    Revisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return its id */
    @Transactional
    long add(String author, String outcome, FileSet files, String diff, List<Fault> faults, long millis) {
        if (outcome.equals("applied")) {
            keep(files.texts().values());
        }
        return jdbc.sql("""
                insert into route_revision (author, outcome, manifest, diff, faults, millis)
                values (:author, :outcome, :manifest::jsonb, :diff, :faults::jsonb, :millis)
                returning id
                """)
                .param("author", author)
                .param("outcome", outcome)
                .param("manifest", write(files.manifest()))
                .param("diff", diff)
                .param("faults", write(faults))
                .param("millis", millis)
                .query(Long.class)
                .single();
    }

    private void keep(Collection<String> texts) {
        jdbc.sql("insert into route_text (hash, text) select * from unnest(:hashes::text[], :texts::text[]) on conflict do nothing")
                .param("hashes", texts.stream().map(FileSet::hash).toArray(String[]::new))
                .param("texts", texts.toArray(String[]::new))
                .update();
    }

    /** The latest first, from before one of them. */
    public List<Revision> before(long id, int most) {
        return jdbc.sql("select * from route_revision where id < :before order by id desc limit :most")
                .param("before", id)
                .param("most", most)
                .query(Revisions::revision)
                .list();
    }

    public Optional<Revision> find(long id) {
        return jdbc.sql("select * from route_revision where id = :id").param("id", id).query(Revisions::revision).optional();
    }

    Optional<Revision> lastApplied() {
        return jdbc.sql("select * from route_revision where outcome = 'applied' order by id desc limit 1").query(Revisions::revision).optional();
    }

    /** The files of a revision that was applied. */
    FileSet files(Revision revision) {
        Map<String, String> texts = new HashMap<>();
        jdbc.sql("select hash, text from route_text where hash = any (:hashes)")
                .param("hashes", revision.manifest().values().toArray(String[]::new))
                .query(row -> {
                    texts.put(row.getString("hash"), row.getString("text"));
                });
        return new FileSet(revision.manifest().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> Objects.requireNonNull(texts.get(file.getValue()), file.getKey()))), List.of());
    }

    private static Revision revision(ResultSet row, int number) throws SQLException {
        return new Revision(row.getLong("id"), row.getObject("made_at", OffsetDateTime.class).toInstant(), row.getString("author"),
                row.getString("outcome"), read(row.getString("manifest"), new TypeReference<Map<String, String>>() {}), row.getString("diff"),
                read(row.getString("faults"), new TypeReference<List<Fault>>() {}), row.getInt("millis"));
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
