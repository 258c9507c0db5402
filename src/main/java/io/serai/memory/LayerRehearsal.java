package io.serai.memory;

import static java.util.Map.entry;

import io.serai.message.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;

/** Has the database plan the query of a layer, without running it: unknown tables, columns, types and parameters are found before anybody asks. */
public final class LayerRehearsal {

    /** What a layer may be given, as literals of the same types. */
    private static final Map<String, String> PARAMETERS = new TreeMap<>(Map.ofEntries(
            entry("contact", "0::bigint"), entry("conversation", "0::bigint"), entry("fresh", "0::bigint"), entry("first", "0::bigint"),
            entry("reach", "0::bigint"),
            entry("said", "''::varchar"), entry("shown", "'{}'::bigint[]"), entry("now", "now()"), entry("zone", "'UTC'::varchar"),
            entry("handles", "''::text"),
            entry("embedding", "'{0}'::real[]"), entry("asked", "''::varchar"), entry("pieces", "'{}'::varchar[]"), entry("legible", "1.0"),
            entry("names", "''::varchar"), entry("named", "'{}'::varchar[]"), entry("dated", "false"),
            entry("most", "1"), entry("signs", "''::varchar"), entry("planes", "''::varchar")));

    /** What has the turn embedded. */
    private static final Set<String> MEANING = Set.of("embedding", "planes");

    /** What a search asks with, given where {@code :embedding} or {@code :planes} is asked for. */
    private static final Set<String> SEARCHING = Set.of("asked", "names", "pieces", "legible", "named", "dated", "most", "signs");

    /** insufficient_privilege */
    private static final String DENIED = "42501";

    private static final Pattern PARAMETER = Pattern.compile("--[^\\n]*|'[^']*'|::|:([a-zA-Z_]\\w*)");

    /** @param parameter the unknown parameter, when that is what is wrong */
    public record Flaw(int line, String what, String parameter) {}

    private final DataSource database;
    private final Predicate<String> others;

    /**
     * @param database null when there is none: then only what the file itself tells is looked at
     * @param others whether there is a {@code serai.databases} of a name
     */
    public LayerRehearsal(DataSource database, Predicate<String> others) {
        this.database = database;
        this.others = others;
    }

    /** The parameters there are. */
    public static Iterable<String> parameters() {
        return PARAMETERS.keySet();
    }

    public Optional<Flaw> rehearse(String name, String text) {
        Optional<Flaw> slip = LayerFile.slip(text).map(LayerRehearsal::flaw);
        if (slip.isPresent()) {
            return slip;
        }
        LayerFile file;
        try {
            file = LayerFile.read(name, text);
        } catch (Refused incomplete) {
            return Optional.of(new Flaw(1, incomplete.getMessage().replaceFirst("^memory/layers/[^ :]*:? *", ""), null));
        }
        boolean elsewhere = file.database() != null;
        if (elsewhere && !others.test(file.database())) {
            return Optional.of(new Flaw(line(text, text.indexOf("database:")), "there is no serai.databases." + file.database() + " in application.yaml", null));
        }
        Optional<Flaw> missing = missing(text, elsewhere);
        if (missing.isPresent() || elsewhere || database == null) {
            return missing;
        }
        String sql = PARAMETER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1) == null ? found.group() : PARAMETERS.get(found.group(1))));
        return plan(sql.strip().replaceFirst(";$", ""));
    }

    /** The first parameter that the layer would ask for and not be given. */
    private static Optional<Flaw> missing(String text, boolean elsewhere) {
        List<MatchResult> asked = PARAMETER.matcher(text).results().filter(found -> found.group(1) != null).toList();
        boolean embeds = asked.stream().anyMatch(found -> MEANING.contains(found.group(1)));
        for (MatchResult found : asked) {
            String parameter = found.group(1);
            int line = line(text, found.start());
            if (!PARAMETERS.containsKey(parameter)) {
                return Optional.of(new Flaw(line, "there is no parameter ':" + parameter + "'", parameter));
            }
            boolean searches = SEARCHING.contains(parameter);
            if (elsewhere && (searches || MEANING.contains(parameter))) {
                return Optional.of(new Flaw(line, "':" + parameter + "' is not given to another database", null));
            }
            if (searches && !embeds) {
                return Optional.of(new Flaw(line, "':" + parameter + "' is given only where ':embedding' or ':planes' is asked for too", null));
            }
        }
        return Optional.empty();
    }

    /**
     * One line before the query, so that a position in it is one line off. The driver would run whatever else stands in it, a commit too; so it is looked
     * at once more as it will be sent: filling in the parameters may have made something else of it.
     */
    private Optional<Flaw> plan(String query) {
        String statement = "explain select source, role, at, text from (\n" + query + "\n) as layer";
        Optional<Flaw> slip = OneQuery.slip(query).map(LayerRehearsal::flaw);
        if (slip.isPresent()) {
            return slip;
        }
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement explain = connection.createStatement()) {
                explain.setQueryTimeout(5);
                explain.execute("select set_config('role', 'serai_recall', true) where has_wall()"); // as it will be asked: io.serai.memory.Wall
                explain.execute(statement);
                return Optional.empty();
            } catch (PSQLException wrong) {
                return Optional.of(flaw(wrong, statement));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        } catch (SQLException away) {
            throw new IllegalStateException("no layer can be rehearsed: " + away.getMessage(), away);
        }
    }

    private static Flaw flaw(OneQuery.Slip slip) {
        return new Flaw(slip.line(), slip.what(), null);
    }

    private static Flaw flaw(PSQLException wrong, String statement) {
        var told = wrong.getServerErrorMessage();
        int position = told == null ? 0 : told.getPosition();
        String before = statement.substring(0, Math.max(0, Math.min(position - 1, statement.length())));
        int line = line(before, before.length()) - 1;
        String what = told == null || told.getMessage() == null ? wrong.getMessage() : told.getMessage();
        String why = DENIED.equals(wrong.getSQLState()) ? what + "; layers are asked as the role serai_recall: grant select on it to serai_recall" : what;
        return new Flaw(Math.max(1, line), why, null);
    }

    private static int line(String text, int place) {
        return (int) text.substring(0, place).chars().filter(letter -> letter == '\n').count() + 1;
    }
}
