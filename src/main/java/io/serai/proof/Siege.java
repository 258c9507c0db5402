package io.serai.proof;

import io.serai.Failpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Hubs under load, which are struck again and again; then everything must have come to an end, and the audit is taken. */
final class Siege implements AutoCloseable {

    /** Beside the fail points: kill -9, SIGTERM, SIGSTOP and CONT, and the end of the database by kill -9 and by a stop without a checkpoint. */
    static final String KILL = "kill";
    static final String TERMINATE = "terminate";
    static final String FREEZE = "freeze";
    static final String DATABASE_KILL = "database-kill";
    static final String DATABASE_STOP = "database-stop";

    /** The weather of the plan, a message that kills whoever answers it, a full disk, an account that is not let in, and nothing but load. */
    static final String WEATHER = "weather";
    static final String POISON = "poison";
    static final String DISK_FULL = "disk-full";
    static final String LOCKED_OUT = "locked-out";
    static final String WAIT = "wait";

    /** What ends a hub; any other it has to outlive. */
    private static final Set<String> DEADLY = Set.of(KILL, TERMINATE, POISON);

    private static final Duration DIES_WITHIN = Duration.ofMinutes(1);
    private static final Duration GIVEN_UP_WITHIN = Duration.ofMinutes(5);

    private final Plan plan;
    private final Camp camp;
    private final Signs signs;
    private final Journal journal = new Journal();
    private final FarSide far = new FarSide(journal);
    private final Garrison garrison;

    /** @param tell takes the lines that show how far it is */
    Siege(Plan plan, Camp camp, Consumer<String> tell) {
        this.plan = plan;
        this.camp = camp;
        this.signs = new Signs(tell);
        this.garrison = new Garrison(camp.hubs(plan.hubs(), far.url(), plan.settings()), journal);
    }

    Outcome run() {
        Instant begun = Instant.now();
        for (int i = 0; i < garrison.size(); i++) {
            garrison.start(garrison.hub(i), armed(i));
        }
        try (Customers customers = new Customers(garrison::open, journal, plan.people(), plan.perSecond(), plan.messages(), plan.copies())) {
            Instant first = Instant.now();
            for (int i = 0; i < plan.blows().size(); i++) {
                signs.step("%s; accepted %d, arrived %d".formatted(plan.blows().get(i), journal.accepted().size(), journal.arrivals().size()),
                        i, plan.blows().size(), first);
                strike(garrison.hub(i), plan.blows().get(i), armed(i + garrison.size()), customers);
            }
            if (!plan.blows().isEmpty()) {
                customers.fallSilent();
            }
            signs.wait("messages", plan.messages(), journal::size, () -> customers.left() == 0);
            boolean silent = Patience.wait(plan.patience(), customers::areDone);
            boolean settled = Patience.wait(plan.patience(), this::isSettled);
            signs.tell("everything " + (silent && settled ? "has come to an end" : "should have come to an end by now, and has not") + "; now the audit");
            return outcome(begun);
        }
    }

    /** The fail point that a hub is to meet next, so that it comes back with it; empty when it is struck otherwise. */
    private String armed(int blow) {
        String what = blow < plan.blows().size() ? plan.blows().get(blow) : "";
        boolean rare = what.equals(Failpoint.DEAD_LETTER.word()) || what.equals(Failpoint.RELOAD_SWAP.word());
        return isFailpoint(what) ? what + ":kill:" + (rare ? 1 : ThreadLocalRandom.current().nextInt(1, 15)) : "";
    }

    private static boolean isFailpoint(String what) {
        return Arrays.stream(Failpoint.values()).anyMatch(place -> place.word().equals(what));
    }

    private void strike(Hub hub, String what, String next, Customers customers) {
        if (isFailpoint(what)) {
            fail(hub, what);
            garrison.start(hub, next);
            return;
        }
        garrison.await("something arrives", () -> journal.firstArrivalAfter(hub.startedAt()).isPresent());
        Patience.wait(Duration.ofMillis(ThreadLocalRandom.current().nextInt(300, 3_000)), () -> false); // for things to be in the middle of
        switch (what) {
            case KILL -> garrison.kill(hub, what);
            case TERMINATE -> garrison.terminate(hub, what);
            case FREEZE -> garrison.freeze(hub, what, plan.pause());
            case DATABASE_KILL -> database("KILL", what);
            case DATABASE_STOP -> database("QUIT", what);
            case WEATHER -> weather();
            case POISON -> poison(hub, customers);
            case DISK_FULL -> during(what, true, camp::fill, camp::free);
            case LOCKED_OUT -> during(what, false, () -> far.lock(true), () -> far.lock(false));
            case WAIT -> Patience.wait(plan.pause(), () -> false);
            default -> throw new IllegalArgumentException("no such blow: " + what);
        }
        if (DEADLY.contains(what) && !hub.isAlive()) {
            garrison.start(hub, next);
        }
        garrison.live(what);
    }

    private void fail(Hub hub, String place) {
        if (!hub.failpoint().startsWith(place + ":")) {
            garrison.kill(hub, KILL);
            garrison.start(hub, place + ":kill");
        }
        if (place.equals(Failpoint.RELOAD_SWAP.word())) {
            camp.edit();
        }
        if (!hub.ends(DIES_WITHIN)) {
            throw new IllegalStateException("nothing came to the fail point " + place + " within " + DIES_WITHIN);
        }
        garrison.fell(hub, place);
    }

    private void database(String signal, String what) {
        garrison.struck(what, true);
        Instant struck = Instant.now();
        camp.strikeDatabase(signal);
        garrison.await("the database is back", camp::isUp);
        garrison.goesOn(what, struck, Instant.now());
    }

    private void during(String what, boolean hard, Runnable begin, Runnable end) {
        Instant begun = Instant.now();
        begin.run();
        Patience.wait(plan.pause(), () -> false);
        end.run();
        garrison.struck(what, hard, begun);
        garrison.goesOn(what, Instant.now(), Instant.now());
    }

    private void weather() {
        garrison.struck(WEATHER, false);
        far.weather(plan.weather());
        signs.wait("mishaps", plan.weather().mishaps(), plan.weather().count()::get, plan.weather()::isOver);
        far.weather(Weather.FAIR);
    }

    /** A message that kills the hub each time it is answered, until it is given up. */
    private void poison(Hub hub, Customers customers) {
        far.deadly(() -> garrison.kill(hub, POISON));
        String number = customers.poison();
        boolean over = Patience.wait(GIVEN_UP_WITHIN, () -> {
            if (!hub.isAlive()) {
                garrison.start(hub, "");
            }
            return camp.knows("select 1 from dead_letter join message on message.id = any (subjects) where queue = 'turns' and message.text = ?", number);
        });
        if (!over) {
            throw new IllegalStateException("the hub is still at the message that kills it: " + number);
        }
    }

    /** Nobody waits any more, and what dead hubs had in work is in other hands. */
    private boolean isSettled() {
        return camp.knows("""
                select 1 where not exists (select from work where queue in ('turns', 'parcels'))
                  and not exists (select from lane where owner is not null and due_at < now())
                """);
    }

    private Outcome outcome(Instant begun) {
        Audit audit = new Audit(journal, camp.books(), plan.weather());
        return new Outcome(plan, journal, audit.findings(), new Stories(journal, camp.books())::story, Duration.between(begun, Instant.now()),
                garrison.recoveries(), garrison.resumptions(), garrison.drains(), garrison.peakMemory());
    }

    @Override
    public void close() {
        garrison.close();
        far.close();
    }
}
