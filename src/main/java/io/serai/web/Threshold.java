package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * What the server turns away before any filter of ours sees it (an address with %2F, a header that is too large, a host that is none) is told as a
 * problem like all else, and not as a page of the server. What was sent is not repeated: it may be no address at all.
 */
@Component
class Threshold implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final ObjectMapper json;

    Threshold(ObjectMapper json) {
        this.json = json;
    }

    /** The valve that is added last is asked first. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new Report(json)));
    }

    private static final class Report extends ErrorReportValve {

        private static final Logger log = LoggerFactory.getLogger(Threshold.class);

        private final ObjectMapper json;

        private Report(ObjectMapper json) {
            this.json = json;
        }

        @Override
        protected void report(Request request, Response response, Throwable thrown) {
            boolean told = response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported();
            if (told) {
                return;
            }
            HttpStatus status = Objects.requireNonNullElse(HttpStatus.resolve(response.getStatus()), HttpStatus.BAD_REQUEST);
            boolean openAi = Objects.requireNonNullElse(request.getRequestURI(), "").startsWith("/v1/");
            ResponseEntity<Object> answer = Problems.answer(Faults.of(status), openAi ? "/v1/" : null);
            try {
                response.setContentType(String.valueOf(answer.getHeaders().getContentType()));
                write(response, answer.getBody());
            } catch (IOException gone) {
                log.debug("Nobody waits for the answer any more", gone);
            }
        }

        private void write(Response response, Object body) throws IOException {
            String text = json.writeValueAsString(body);
            Writer out = response.getReporter();
            if (out != null) {
                out.write(text);
                response.finishResponse();
            }
        }
    }
}
