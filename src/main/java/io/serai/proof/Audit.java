package io.serai.proof;

import io.serai.proof.Journal.Accepted;
import io.serai.proof.Journal.Arrival;
import io.serai.proof.Journal.Blow;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what was promised (the journal) with what the hub says of it (the books): every message has exactly one end, in order, and nothing hangs. */
final class Audit {

    /** A sending to loopback takes milliseconds; this is for a machine that is very busy, or stands still. */
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(15);

    /** What the model says. */
    private static final Pattern WHOLE = Pattern.compile("Heard( [kpx]\\d+-\\d+)+");

    /** Between a blow and its line in the journal, or the other way round. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    /**
     * One promise.
     *
     * @param broken the messages or rows by which it is broken
     * @param of among how many
     */
    record Finding(String promise, List<String> broken, long of, String remark) {

        @Override
        public String toString() {
            return "%-13s %d of %d%s".formatted(promise, broken.size(), of, remark.isEmpty() ? "" : " (" + remark + ")");
        }
    }

    private final Journal journal;
    private final Books books;
    private final Weather weather;
    private final Map<String, List<Arrival>> answers = new HashMap<>();
    private final Set<Long> flagged = new HashSet<>();

    /** @param weather that there was */
    Audit(Journal journal, Books books, Weather weather) {
        this.journal = journal;
        this.books = books;
        this.weather = weather;
        journal.arrivals().forEach(arrival ->
                arrival.answered().forEach(number -> answers.computeIfAbsent(number, first -> new ArrayList<>()).add(arrival)));
        books.read("select unnest(subjects) as parcel from dead_letter where queue = 'parcels' and may_have_arrived")
                .forEach(row -> flagged.add((Long) row.get("parcel")));
    }

    List<Finding> findings() {
        return List.of(turnedAway(), lost(), givenUp(), doubled(), astray(), outOfOrder(), partial(), early(), limbo(), unknown());
    }

    /** Nobody is there, or no room: those who are told so come again, and are let in in the end. */
    private Finding turnedAway() {
        List<String> wrongly = Stream.concat(
                journal.refusals().keySet().stream().filter(status -> status != 0 && status != 503).map(status -> "with " + status),
                journal.waiting().stream()).toList();
        return new Finding("turned away", wrongly, journal.accepted().size() + journal.waiting().size(), "");
    }

    /** Accepted, and neither arrived nor kept as a dead letter. */
    private Finding lost() {
        Set<String> ended = books.read("""
                select message.text from message join dead_letter on queue = 'turns' and message.id = any (subjects)
                union
                select message.text from message join parcel on parcel.reply_id = message.answer_id
                join dead_letter on queue = 'parcels' and parcel.id = any (subjects)
                """).stream().map(row -> (String) row.get("text")).collect(Collectors.toSet());
        List<String> lost = journal.accepted().stream()
                .map(Accepted::number)
                .filter(number -> !answers.containsKey(number) && !ended.contains(number))
                .toList();
        List<String> dead = journal.accepted().stream().map(Accepted::number)
                .filter(number -> !answers.containsKey(number) && ended.contains(number)).toList();
        long poisoned = dead.stream().filter(Audit::isPoison).count();
        return new Finding("lost", lost, journal.accepted().size(), dead.isEmpty() ? "" : ("%d became dead letters for a person: %d were poisoned on "
                + "purpose, %d were refused, given up, or under way when something broke").formatted(dead.size(), poisoned, dead.size() - poisoned) + reasons());
    }

    private static boolean isPoison(String number) {
        return number.startsWith("p") || number.startsWith("x");
    }

    /** Nobody answers them any more, though nothing is wrong with them. In bad weather that may happen. */
    private Finding givenUp() {
        List<String> all = books.read("""
                select message.text from message join dead_letter on queue = 'turns' and message.id = any (subjects)
                union
                select message.text from message join parcel on parcel.reply_id = message.answer_id
                join dead_letter on queue = 'parcels' and not may_have_arrived and parcel.id = any (subjects)
                """).stream()
                .map(row -> (String) row.get("text"))
                .filter(number -> !isPoison(number) && !(Weather.meets(Journal.handle(number)) && !weather.isFair()))
                .toList();
        return new Finding("given up", all, journal.accepted().size(), "");
    }

    /** What a model began to say and did not end. */
    private Finding partial() {
        List<String> partial = journal.arrivals().stream()
                .filter(arrival -> arrival.text().startsWith("H") && !WHOLE.matcher(arrival.text()).matches())
                .map(arrival -> "parcel " + arrival.parcel())
                .toList();
        return new Finding("partial", partial, journal.arrivals().size(), "");
    }

    /** Sent again before the time that the far side had named. */
    private Finding early() {
        return new Finding("early", weather.early().stream().map(parcel -> "parcel " + parcel).toList(), weather.closed().size(), "");
    }

    /** Why they died, the most frequent first. */
    private String reasons() {
        return books.read("select queue || ': ' || reason as why, count(*) from dead_letter group by 1 order by 2 desc limit 5").stream()
                .map(row -> "\n                " + row.get("count") + " x " + row.get("why"))
                .collect(Collectors.joining());
    }

    /** Stored twice, answered by two replies, or sent twice to where nobody can tell. */
    private Finding doubled() {
        Stream<String> stored = books.read("select text from message where role = 'user' group by text having count(*) > 1").stream()
                .map(row -> (String) row.get("text"));
        Stream<String> answered = answers.entrySet().stream()
                .filter(answer -> answer.getValue().stream().map(Arrival::parcel).distinct().count() > 1
                        || answer.getValue().size() > 1 && answer.getValue().getFirst().once())
                .map(Map.Entry::getKey);
        List<String> doubled = Stream.concat(stored, answered).distinct().sorted().toList();
        long recognised = journal.arrivals().size() - journal.arrivals().stream().map(Arrival::parcel).distinct().count();
        return new Finding("doubled", doubled, answers.size(), "repeated with the same id, which the channel recognised: " + recognised);
    }

    /** Told to somebody else. */
    private Finding astray() {
        List<String> astray = journal.arrivals().stream()
                .flatMap(arrival -> arrival.answered().stream().filter(number -> !Journal.handle(number).equals(arrival.handle())))
                .distinct()
                .toList();
        return new Finding("astray", astray, answers.size(), "");
    }

    /** By first arrival; what is flagged as unknown may come late, since its sender may have hung in the middle. */
    private Finding outOfOrder() {
        Map<String, Integer> last = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        List<String> late = new ArrayList<>();
        for (Arrival arrival : journal.arrivals()) {
            if (!seen.add(arrival.parcel()) || flagged.contains(arrival.parcel())) {
                continue;
            }
            for (String number : arrival.answered()) {
                int place = Integer.parseInt(number.substring(number.indexOf('-') + 1));
                if (last.merge(Journal.handle(number), place, Math::max) > place) {
                    late.add(number);
                }
            }
        }
        return new Finding("out of order", late, answers.size(), "");
    }

    /** Work that is not done though nobody is at it, parcels that nobody will send, messages that nobody will answer. */
    private Finding limbo() {
        List<String> hanging = books.read("""
                select 'lane ' || queue || ' ' || conversation_id as what from lane where owner is not null and due_at < now() - interval '1 second'
                union all
                select 'work ' || queue || ' ' || subject_id from work where queue in ('turns', 'parcels')
                union all
                select 'parcel ' || id || ' ' || state from parcel
                where state in ('waiting', 'sending')
                  and not exists (select from work join parcel as first on first.id = subject_id where queue = 'parcels' and first.reply_id = parcel.reply_id)
                union all
                select message.text from message
                where role = 'user' and answer_id is null
                  and not exists (select from work where queue = 'turns' and subject_id = message.id)
                  and not exists (select from dead_letter where queue = 'turns' and message.id = any (subjects))
                """).stream().map(row -> (String) row.get("what")).toList();
        return new Finding("limbo", hanging, books.count("select count(*) from work") + answers.size(), "");
    }

    /** Nobody knows whether they arrived, and each is a dead letter that says so. That is right only for what was on its way when something broke. */
    private Finding unknown() {
        List<String> unexplained = books.read("""
                select id, begun_at from parcel where id in (select unnest(subjects) from dead_letter where queue = 'parcels' and may_have_arrived)
                """).stream()
                .filter(parcel -> !weather.untold().contains((Long) parcel.get("id")) && !wasStruck(((Timestamp) parcel.get("begun_at")).toInstant()))
                .map(parcel -> "parcel " + parcel.get("id"))
                .toList();
        return new Finding("unknown", unexplained, flagged.size(), "that many were on their way when something broke; each is a dead letter that says so");
    }

    private boolean wasStruck(Instant begun) {
        return journal.blows().stream().filter(Blow::hard).anyMatch(blow -> {
            Instant over = blow.what().equals(Siege.FREEZE) ? blow.at() : blow.over(); // while one hub hangs, the other has no excuse
            return isBetween(begun, blow.at().minus(LONGEST_SENDING), over.plus(SLACK)) || isBetween(begun, blow.over().minus(SLACK), blow.over().plus(SLACK));
        });
    }

    private static boolean isBetween(Instant time, Instant from, Instant to) {
        return time.isAfter(from) && time.isBefore(to);
    }
}
