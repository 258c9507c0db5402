package io.serai.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * What is left of a body once its request is answered, since it was turned away or nobody wanted it: Tomcat would wait for it however slowly it comes,
 * and a connection and a thread with it. The answer is told at once; who sends the rest in time keeps the line, all others lose it. Around all else, since
 * an address that no filter sees is turned away as well.
 */
@Component
class Remainder implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Duration patience;
    private final long most;

    Remainder(LimitsSettings limits, ServerProperties server) {
        this.patience = limits.bodyPatience();
        DataSize swallowed = server.getTomcat().getMaxSwallowSize();
        this.most = swallowed.isNegative() ? Long.MAX_VALUE : swallowed.toBytes();
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addEngineValves(new Reading(patience, most));
    }

    private static final class Reading extends ValveBase {

        private static final Logger log = LoggerFactory.getLogger(Remainder.class);

        private final Duration patience;
        private final long most;

        private Reading(Duration patience, long most) {
            super(true);
            this.patience = patience;
            this.most = most;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            if (request.isAsync() || request.getCoyoteRequest().isFinished() || isCut(response)) {
                return;
            }
            response.finishResponse();
            boolean unasked = request.getCoyoteRequest().hasExpectation() && response.getStatus() / 100 != 2; // Tomcat hangs up by itself
            if (!unasked && (response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT || !comesInTime(request.getCoyoteRequest()))) {
                response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
            }
        }

        private static boolean isCut(Response response) {
            var open = new AtomicBoolean();
            response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
            return !open.get();
        }

        private boolean comesInTime(org.apache.coyote.Request request) {
            var chunk = new Chunk();
            long began = System.nanoTime();
            long count = 0;
            try {
                for (int read = 0; read >= 0; read = request.doRead(chunk)) {
                    count += read;
                    if (count > most || Body.isLate(began, count, patience)) {
                        return request.isFinished();
                    }
                }
                return true;
            } catch (IOException gone) {
                log.debug("The rest of a body does not come", gone);
                return false;
            }
        }
    }

    /** Read and thrown away. */
    private static final class Chunk implements ApplicationBufferHandler {

        private ByteBuffer bytes;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // It is not ours, and as large as it has to be.
        }
    }
}
