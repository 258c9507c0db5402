package io.serai.route;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.stereotype.Component;

/**
 * An Error in a step (too deep a recursion, a class that is missing) ends its exchange as an exception does. Camel lets it fly past all that an exchange
 * has to end: it would be under way for ever, each stop would wait for it until its time is over, and a version of a route that is left would never end.
 */
@Component
class Containment implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Contained(target);
    }

    private static final class Contained extends DelegateAsyncProcessor {

        private Contained(Processor step) {
            super(step);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            var end = new End(callback);
            boolean sync;
            try {
                sync = super.process(exchange, end);
                if (!end.isHeld()) {
                    return sync;
                }
            } catch (Error error) {
                exchange.setException(error);
                end.told();
                sync = true;
            }
            callback.done(sync);
            return sync;
        }
    }

    /** That a step has ended is held back until it has returned: some say so and throw then. What is said twice is passed on once. */
    private static final class End implements AsyncCallback {

        private enum State {
            RUNNING, RETURNED, TOLD
        }

        private final AsyncCallback callback;
        private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

        private End(AsyncCallback callback) {
            this.callback = callback;
        }

        @Override
        public void done(boolean doneSync) {
            if (!state.compareAndSet(State.RUNNING, State.TOLD) && state.compareAndSet(State.RETURNED, State.TOLD)) {
                callback.done(doneSync);
            }
        }

        /** The step has returned: what it says from now on is passed on. */
        private boolean isHeld() {
            return !state.compareAndSet(State.RUNNING, State.RETURNED);
        }

        private void told() {
            state.set(State.TOLD);
        }
    }
}
