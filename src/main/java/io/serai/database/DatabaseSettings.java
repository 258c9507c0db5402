package io.serai.database;

import io.serai.WrongSetting;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * Which database, and how it is used.
 *
 * @param url JDBC URL of a PostgreSQL server; empty means the embedded one
 * @param user role at that server
 * @param password of that role
 * @param poolSize connections at most, 0 for {@link #connections as many as the processors keep busy}; all hubs together must stay below the server's
 *     max_connections
 * @param patience how long a piece of work waits for a free connection, and for an absent database, before it fails
 * @param startWait how long a starting hub waits for a server that is away
 */
@Validated
@ConfigurationProperties("serai.db")
record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("0") @Min(0) int poolSize,
        @DefaultValue("3s") @NotNull Duration patience,
        @Name("wait") @DefaultValue("60s") @NotNull Duration startWait) {

    /** As in other URLs; to the driver it would be part of the host, and stand in the log. */
    private static final Pattern NAMES_SOMEBODY = Pattern.compile("^[^?]*//[^/?]*@");

    DatabaseSettings {
        if (!url.isBlank() && (NAMES_SOMEBODY.matcher(url).find() || !new Driver().acceptsURL(url))) {
            throw new WrongSetting("serai.db.url (SERAI_DB_URL) must look like jdbc:postgresql://host:5432/database; "
                    + "who we are there is said by serai.db.user and serai.db.password (SERAI_DB_USER, SERAI_DB_PASSWORD)");
        }
        if (poolSize == 1) {
            throw new WrongSetting("serai.db.pool-size (SERAI_DB_POOL_SIZE) must be 2 at least, or 0");
        }
    }

    /**
     * Four for each processor, 8 to 40. More of them do not make a server faster that is near, and each plans anew, and keeps for itself, whatever it
     * runs.
     */
    int connections() {
        return poolSize > 0 ? poolSize : Math.clamp(4L * Runtime.getRuntime().availableProcessors(), 8, 40);
    }

    boolean isEmbedded() {
        return url.isBlank();
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + new Server(url, user, password) + "]";
    }
}
