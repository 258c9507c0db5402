package io.serai.memory;

import com.zaxxer.hikari.HikariDataSource;
import io.serai.message.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Other databases that layers may ask: {@code serai.databases}. They are read, never written. */
@Component
class Databases implements DisposableBean {

    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A server that says nothing any more does not obey either when it is told to stop: some seconds longer than a query may take. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final JdbcClient own;
    private final Map<String, HikariDataSource> others = new LinkedHashMap<>();

    Databases(JdbcClient own, DatabasesSettings settings) {
        this.own = own;
        settings.databases().forEach((name, other) -> others.put(name, open(name, other)));
    }

    private static HikariDataSource open(String name, DatabasesSettings.Other other) {
        var source = new HikariDataSource();
        source.setPoolName(name);
        source.setJdbcUrl(other.url());
        source.setUsername(other.user());
        source.setPassword(other.password());
        source.setReadOnly(true);
        source.setMaximumPoolSize(CONNECTIONS);
        source.setMinimumIdle(0);
        source.setConnectionTimeout(PATIENCE.toMillis());
        if (other.url().startsWith("jdbc:postgresql:")) { // others call it otherwise, in their URL
            source.addDataSourceProperty("socketTimeout", SILENCE.toSeconds());
            source.addDataSourceProperty("logServerErrorDetail", "false"); // it quotes what somebody said
        }
        source.setInitializationFailTimeout(-1);
        return source;
    }

    /** @param name a key of serai.databases; a query that takes too long there is stopped */
    JdbcClient named(String name) {
        if (!others.containsKey(name)) {
            throw new Refused("there is no serai.databases." + name + "; there are " + others.keySet());
        }
        var template = new JdbcTemplate(others.get(name));
        template.setQueryTimeout((int) PATIENCE.toSeconds());
        return JdbcClient.create(template);
    }

    /** How another system may know a contact: the addresses they really write from, never one that may be forged or is a group's, nor what they say of themselves. */
    List<String> handles(long contactId) {
        return own.sql("select handle from address where contact_id = :contact and unverified = '' and not is_group order by id")
                .param("contact", contactId)
                .query(String.class)
                .list();
    }

    @Override
    public void destroy() {
        others.values().forEach(HikariDataSource::close);
    }
}
