package io.serai.web;

import io.serai.contact.ExportCodes;
import io.serai.memory.Disclosure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where people fetch what is kept about them, with the code that {@code /export} told them. The form of {@code export.html} posts here: a browser writes what
 * comes to a file as it comes, and is led back to the page when nothing does.
 */
@RestController
@SecurityRequirements
@Tag(name = "Export", description = "What is kept about them, for customers themselves")
class ExportDoor {

    private final ExportCodes codes;
    private final Disclosure disclosure;
    private final Limits limits;
    private final Clock clock;

    ExportDoor(ExportCodes codes, Disclosure disclosure, Limits limits, Clock clock) {
        this.codes = codes;
        this.disclosure = disclosure;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping(path = "/api/export", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Operation(summary = "Fetch what is kept about oneself", description = "The code is what `/export` told, in a body and never in an address, which servers log.")
    @ApiResponse(responseCode = "200", description = "All of it, as JSON; `complete` stands at its end.")
    @ApiResponse(responseCode = "303", description = "To a browser instead of the errors: back to the page, which tells them.")
    @ApiResponse(responseCode = "404", description = "No such code holds, or it was used up.")
    @ApiResponse(responseCode = "429", description = "Too many wrong codes from this address; Retry-After says when to try again.")
    void fetch(@Parameter(description = "as it was told, or without the dashes") @RequestParam @Size(max = 200) String code,
            HttpServletRequest request, HttpServletResponse response) throws IOException {
        long contact;
        try {
            contact = open(code, request);
        } catch (Stopped stopped) {
            leadBack(stopped, request, response);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("my-data-" + LocalDate.now(clock) + ".json").build().toString());
        disclosure.write(contact, response.getOutputStream());
    }

    private long open(String code, HttpServletRequest request) {
        if (request.getQueryString() != null) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "The code belongs into the body."));
        }
        String address = request.getRemoteAddr();
        limits.export(address);
        long contact = codes.use(code).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "No such code holds, or no longer. /export tells a new one.")));
        limits.exported(address);
        return contact;
    }

    private static void leadBack(Stopped stopped, HttpServletRequest request, HttpServletResponse response) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains(MediaType.TEXT_HTML_VALUE)) {
            throw stopped;
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, "/export.html#" + stopped.fault().kind());
    }
}
