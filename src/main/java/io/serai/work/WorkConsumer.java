package io.serai.work;

import io.serai.Failpoint;
import io.serai.database.Bell;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Claims lanes while there are free workers, and hands each claim to a virtual thread.
 *
 * <p>Suspended it claims nothing and finishes what it has; stopped it gives back what is not finished by then.
 */
class WorkConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger log = LoggerFactory.getLogger(WorkConsumer.class);
    private static final int BATCH = 64;
    private static final Duration BREATH = Duration.ofMillis(2);

    private final WorkEndpoint endpoint;
    private final Queue queue;
    private final Claims claims;
    private final Worker worker;
    private final Alarm alarm = new Alarm();
    private final Semaphore free;
    private final InProgress inProgress;
    private volatile boolean claiming;
    private volatile boolean full;
    private volatile boolean away;
    private Thread claimer;
    private Bell.Listening listening;

    WorkConsumer(WorkEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.queue = endpoint.getQueue();
        this.claims = endpoint.getComponent().claims();
        this.free = new Semaphore(endpoint.getWorkers());
        this.inProgress = new InProgress(queue, endpoint.getLease(), claims, endpoint.getComponent().leases());
        this.worker = new Worker(this, endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        listening = endpoint.getComponent().bell().listen(Lanes.topic(queue), delay -> alarm.set(Duration.ofMillis(Long.parseLong(delay))));
        endpoint.getComponent().progress().watch(queue, this, inProgress::size);
        inProgress.startProlonging();
        doResume();
    }

    @Override
    protected void doResume() {
        claiming = true;
        claimer = Thread.ofVirtual().name("work-" + queue.word() + "-claim").start(this::claim);
    }

    /** Nobody is interrupted: an interrupt in the middle of a claim would close its connection and leave the claim to nobody. */
    @Override
    protected void doSuspend() {
        claiming = false;
        alarm.set(Duration.ZERO);
        await(claimer);
    }

    @Override
    protected void doStop() throws Exception {
        doSuspend();
        inProgress.stopProlonging();
        listening.close();
        endpoint.getComponent().progress().forget(this);
        await(Thread.ofVirtual().name("work-" + queue.word() + "-give-back").start(inProgress::giveBack));
        worker.close();
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    /** Claimed, and not done: an exchange begins a little later than that, and ends a little earlier. */
    @Override
    public int getPendingExchangesSize() {
        return inProgress.size();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Suspending or stopping is all there is to it.
    }

    /** Camel interrupts who stops a route when its time is over; what must be given back is given back all the same. */
    static void await(Thread thread) {
        boolean hurried = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException hurry) {
                hurried = true;
            }
        }
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void claim() {
        while (claiming) {
            try {
                full = true;
                int most = Math.min(free.availablePermits(), BATCH);
                if (most == 0) {
                    alarm.sleep(endpoint.getPoll());
                    continue;
                }
                full = false;
                if (away) {
                    inProgress.prolong(); // before what ended meanwhile is taken again
                }
                Claims.Taken taken = claims.claim(queue, most, endpoint.getLease());
                taken.claims().forEach(this::start);
                back();
                if (taken.claims().size() < most) {
                    alarm.sleep(until(taken.next().orElse(endpoint.getPoll())));
                }
            } catch (DataAccessException | TransactionException unreachable) {
                away(unreachable);
            }
        }
    }

    /** Work that is due but was not claimed is being put or freed at this moment: a breath later it can be had. */
    private Duration until(Duration next) {
        return next.compareTo(BREATH) < 0 ? BREATH : next.compareTo(endpoint.getPoll()) > 0 ? endpoint.getPoll() : next;
    }

    private void start(Claim claim) {
        Failpoint.CLAIM.reached();
        free.acquireUninterruptibly();
        inProgress.begin(claim.lease());
        Thread.ofVirtual().name("work-" + queue.word() + "-" + claim.lease().conversationId()).start(() -> {
            try {
                worker.work(claim);
            } finally {
                inProgress.end(claim.lease());
                claims.done(claim);
                free.release();
                if (full || claim.alone()) {
                    alarm.set(Duration.ZERO);
                }
            }
        });
    }

    private void away(Exception unreachable) {
        if (!away) {
            log.warn("No work is taken from {} while the database is away: {}", queue.word(), unreachable.getMessage());
        }
        away = true;
        alarm.sleep(endpoint.getPoll());
    }

    private void back() {
        if (away) {
            log.info("Work is taken from {} again", queue.word());
        }
        away = false;
    }
}
