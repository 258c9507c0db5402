package io.serai.work;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The embedded database has one hub only: whoever held a lease when we start is dead, and nobody needs to wait for its end. */
@Component
class FreshStart {

    private static final Logger log = LoggerFactory.getLogger(FreshStart.class);

    FreshStart(Leases leases, @Value("${serai.db.url:}") String server) {
        int left = server.isBlank() ? leases.endAll() : 0;
        if (left > 0) {
            log.info("{} conversations were in work when the hub stopped; they are taken up again", left);
        }
    }
}
