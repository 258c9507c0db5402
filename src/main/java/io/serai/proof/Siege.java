package io.serai.proof;

import io.serai.Failpoint;
import io.serai.proof.Journal.Blow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Hubs under load, which are struck again and again; then everything must have come to an end, and the audit is taken. */
final class Siege implements AutoCloseable {

    /** Beside the fail points: kill -9, SIGTERM, SIGSTOP and CONT, and the end of the database by kill -9 and by a stop without a checkpoint. */
    static final String KILL = "kill";
    static final String TERMINATE = "terminate";
    static final String FREEZE = "freeze";
    static final String DATABASE_KILL = "database-kill";
    static final String DATABASE_STOP = "database-stop";

    private static final Duration DIES_WITHIN = Duration.ofMinutes(1);
    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(2);

    private final Plan plan;
    private final Camp camp;
    private final Consumer<String> tell;
    private final Journal journal = new Journal();
    private final FarSide far = new FarSide(journal);
    private final List<Hub> hubs;
    private final List<Hub> open = new CopyOnWriteArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private final List<Duration> drains = new ArrayList<>();

    /** @param tell takes the lines that show how far it is */
    Siege(Plan plan, Camp camp, Consumer<String> tell) {
        this.plan = plan;
        this.camp = camp;
        this.tell = tell;
        this.hubs = camp.hubs(plan.hubs(), far.url());
    }

    Outcome run() {
        Instant begun = Instant.now();
        for (int i = 0; i < hubs.size(); i++) {
            start(hubs.get(i), armed(i));
        }
        far.weather(plan.weather());
        try (Customers customers = new Customers(() -> open, journal, plan.people(), plan.perSecond(), plan.messages(), plan.copies())) {
            for (int i = 0; i < plan.blows().size(); i++) {
                progress(i, begun);
                strike(hubs.get(i % hubs.size()), plan.blows().get(i), armed(i + hubs.size()));
            }
            if (!plan.blows().isEmpty()) {
                customers.fallSilent();
            }
            boolean silent = Patience.wait(plan.patience(), customers::areDone);
            far.weather(Weather.FAIR);
            boolean settled = Patience.wait(plan.patience(), this::isSettled);
            tell.accept("everything " + (silent && settled ? "has come to an end" : "should have come to an end by now, and has not") + "; now the audit");
            return outcome(begun);
        }
    }

    private void progress(int done, Instant begun) {
        Duration spent = Duration.between(begun, Instant.now());
        String left = done == 0 ? "" : ", about %d s left".formatted(spent.toSeconds() * (plan.blows().size() - done) / done);
        tell.accept("[%d of %d] %s; accepted %d, arrived %d%s".formatted(
                done + 1, plan.blows().size(), plan.blows().get(done), journal.accepted().size(), journal.arrivals().size(), left));
    }

    /** The fail point that a hub is to meet next, so that it comes back with it; empty when it is struck otherwise. */
    private String armed(int blow) {
        String what = blow < plan.blows().size() ? plan.blows().get(blow) : "";
        int times = what.equals(Failpoint.DEAD_LETTER.word()) ? 1 : ThreadLocalRandom.current().nextInt(1, 15);
        return isFailpoint(what) ? what + ":kill:" + times : "";
    }

    private static boolean isFailpoint(String what) {
        return Arrays.stream(Failpoint.values()).anyMatch(place -> place.word().equals(what));
    }

    private void strike(Hub hub, String what, String next) {
        if (isFailpoint(what)) {
            fail(hub, what);
            start(hub, next);
            return;
        }
        await("something arrives", () -> journal.firstArrivalAfter(hub.startedAt()).isPresent());
        Patience.wait(Duration.ofMillis(ThreadLocalRandom.current().nextInt(300, 3_000)), () -> false); // for things to be in the middle of
        switch (what) {
            case KILL -> {
                hub.kill();
                fallen(hub, what);
                start(hub, next);
            }
            case TERMINATE -> {
                open.remove(hub);
                drains.add(hub.terminate());
                struck(what, false);
                start(hub, next);
            }
            case FREEZE -> freeze(hub);
            case DATABASE_KILL -> database("KILL", what);
            case DATABASE_STOP -> database("QUIT", what);
            default -> throw new IllegalArgumentException("no such blow: " + what);
        }
    }

    private void fail(Hub hub, String place) {
        if (!hub.failpoint().startsWith(place + ":")) {
            hub.kill();
            fallen(hub, KILL);
            start(hub, place + ":kill");
        }
        if (!hub.ends(DIES_WITHIN)) {
            throw new IllegalStateException("nothing came to the fail point " + place + " within " + DIES_WITHIN);
        }
        fallen(hub, place);
    }

    private void freeze(Hub hub) {
        open.remove(hub);
        hub.signal("STOP");
        struck(FREEZE, true);
        Patience.wait(plan.freeze(), () -> false);
        hub.signal("CONT");
        open.add(hub);
        goesOn(FREEZE);
    }

    private void database(String signal, String what) {
        camp.strikeDatabase(signal);
        struck(what, true);
        await("the database is back", camp::isUp);
        goesOn(what);
    }

    private void start(Hub hub, String failpoint) {
        open.add(hub);
        hub.start(failpoint);
        if (failpoint.isEmpty()) {
            Instant since = hub.startedAt();
            if (hubs.size() == 1 && !journal.accepted().isEmpty()) { // of two, the other one would answer
                await("hub " + hub.name() + " takes up work", () -> journal.firstArrivalAfter(since).isPresent());
                recoveries.add(Duration.between(since, journal.firstArrivalAfter(since).orElseThrow().at()));
            }
        }
    }

    private void fallen(Hub hub, String what) {
        open.remove(hub);
        struck(what, true);
    }

    private void struck(String what, boolean hard) {
        journal.struck(new Blow(Instant.now(), what, hard));
    }

    private boolean isSettled() {
        return camp.isUp() && camp.books().count("select count(*) from work where queue in ('turns', 'parcels')") == 0;
    }

    private void goesOn(String after) {
        Instant since = journal.blows().getLast().at();
        await("it goes on after " + after, () -> journal.firstArrivalAfter(since).isPresent());
    }

    private void await(String what, BooleanSupplier condition) {
        if (!Patience.wait(RECOVERS_WITHIN, condition)) {
            throw new IllegalStateException("waited in vain: " + what + "\n" + hubs.getFirst().lastWords());
        }
    }

    private Outcome outcome(Instant begun) {
        Audit audit = new Audit(journal, camp.books(), plan.weather().untold());
        return new Outcome(plan, journal, audit.findings(), audit::story, Duration.between(begun, Instant.now()), recoveries, drains);
    }

    @Override
    public void close() {
        hubs.forEach(Hub::close);
        far.close();
    }
}
