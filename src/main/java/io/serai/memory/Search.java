package io.serai.memory;

import io.serai.Home;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The search over everything that was ever said, for who asks outside of a turn; a turn has {@code memory/layers/recall.sql} as a layer. */
@Component
public class Search {

    private static final String LAYER = "recall";

    private final Home home;
    private final Wall wall;
    private final Asking asking;

    Search(Home home, Wall wall, Asking asking) {
        this.home = home;
        this.wall = wall;
        this.asking = asking;
    }

    /**
     * @param most how many turns at most
     * @return best first, of what was said outside of isolated conversations; empty when nothing bears on the question
     */
    public List<Found> search(Contact contact, String question, int most) {
        return search(contact, file(), asking.about(contact, question), most);
    }

    /** What is found from within a conversation: of an isolated one, what was said in it. */
    public List<Found> search(Contact contact, Conversation within, String question, int most) {
        Map<String, Object> asked = new HashMap<>(asking.about(contact, question));
        asked.put("reach", within.reach());
        return search(contact, file(), asked, most);
    }

    List<Found> search(Contact contact, LayerFile file, Map<String, Object> asked, int most) {
        Map<String, Object> parameters = new HashMap<>(Map.of("reach", 0L));
        parameters.putAll(asked);
        parameters.putAll(Map.of("conversation", 0L, "fresh", 0L, "first", Long.MAX_VALUE, "shown", new Long[0], "most", most));
        return wall.ask(contact, file.sql(), parameters, Search::found);
    }

    private LayerFile file() {
        return LayerFile.read(LAYER, home.text("memory/layers/" + LAYER + ".sql"));
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                Long.parseLong(row.getString("source").substring("message:".length())),
                row.getLong("conversation_id"),
                Role.of(row.getString("role")),
                row.getString("speaker"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("text"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getString("stage"),
                row.getString("topic"),
                row.getDouble("score"),
                row.getDouble("meaning"),
                row.getDouble("wording"),
                List.of((String[]) row.getArray("words").getArray()));
    }
}
