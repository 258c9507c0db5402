package io.serai.work;

import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Takes durable work from Postgres: in order for each conversation, by one worker at a time, until it is done or given up.
 *
 * <p>The catalogue entry {@code META-INF/io/serai/work/work.json} says the same to Camel's validators and to editors.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "work",
        title = "Work",
        syntax = "work:queue",
        consumerOnly = true,
        category = {Category.MESSAGING})
class WorkEndpoint extends DefaultEndpoint {

    @UriPath(enums = "turns,parcels,reflections", description = "What kind of work: turns, parcels or reflections")
    @Metadata(required = true)
    private final Queue queue;

    @UriParam(defaultValue = "100", description = "How much work may be in progress at once in this hub. A worker is a permit, not a thread.")
    private int workers = 100;

    @UriParam(defaultValue = "12s", description = "How long work belongs to a hub that gives no sign of life; it is prolonged while the hub is at it.")
    private Duration lease = Duration.ofSeconds(12);

    @UriParam(defaultValue = "1s", description = "How often to look for work when nothing tells of any.")
    private Duration poll = Duration.ofSeconds(1);

    @UriParam(
            defaultValue = "1s,5s,30s",
            description = "How long to wait after each failed attempt; after the last there is one more attempt, then a dead letter.")
    private String retry = "1s,5s,30s";

    @UriParam(defaultValue = "direct:failures", description = "The endpoint that is given what could not be done, as a dead letter.")
    private String failures = "direct:failures";

    WorkEndpoint(String uri, WorkComponent component, Queue queue) {
        super(uri, component);
        this.queue = queue;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("work is put by the stage that stores its subject, in the same transaction: no `to: work:...`");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        var consumer = new WorkConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public WorkComponent getComponent() {
        return (WorkComponent) super.getComponent();
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    public Queue getQueue() {
        return queue;
    }

    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int workers) {
        this.workers = workers;
    }

    public Duration getLease() {
        return lease;
    }

    public void setLease(Duration lease) {
        this.lease = lease;
    }

    public Duration getPoll() {
        return poll;
    }

    public void setPoll(Duration poll) {
        this.poll = poll;
    }

    public String getRetry() {
        return retry;
    }

    public void setRetry(String retry) {
        this.retry = retry;
    }

    public String getFailures() {
        return failures;
    }

    public void setFailures(String failures) {
        this.failures = failures;
    }
}
