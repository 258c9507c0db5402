package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;

/**
 * Answers every request that failed, wherever it failed, with a problem (RFC 9457); below {@code /v1} in the shape of OpenAI's errors.
 */
@Hidden
@Controller
@RestControllerAdvice
class Problems implements ErrorController {

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    /** Failed in a controller; where something was told already, {@link LastResort} breaks it off. */
    @ExceptionHandler
    ResponseEntity<Object> thrown(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
        boolean gone = thrown instanceof AsyncRequestNotUsableException || thrown instanceof IOException && response.isCommitted();
        if (response.isCommitted() && !gone) {
            throw thrown;
        }
        return gone ? null : answer(Faults.of(thrown), request.getRequestURI());
    }

    /** Failed outside of us: the server or the firewall in front of the filters called {@code sendError}. */
    @RequestMapping("/error")
    ResponseEntity<Object> sent(HttpServletRequest request) {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? Objects.requireNonNullElse(HttpStatus.resolve(code), HttpStatus.BAD_REQUEST)
                : HttpStatus.NOT_FOUND; // nobody failed: somebody asked for /error itself
        Fault fault = thrown instanceof Throwable cause ? Faults.of(cause) : Faults.of(status);
        return answer(fault, path instanceof String uri ? uri : request.getRequestURI());
    }

    /** Failed in a filter. */
    void send(Fault fault, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        ResponseEntity<Object> answer = answer(fault, request.getRequestURI());
        response.resetBuffer();
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        json.writeValue(response.getOutputStream(), answer.getBody());
    }

    /** @param path null when it may be no path at all */
    static ResponseEntity<Object> answer(Fault fault, String path) {
        boolean openAi = path != null && path.startsWith("/v1/");
        return ResponseEntity.status(fault.status())
                .headers(fault.headers())
                .contentType(openAi ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON)
                .body(openAi ? Completion.Failure.of(fault) : fault.problem(path));
    }
}
