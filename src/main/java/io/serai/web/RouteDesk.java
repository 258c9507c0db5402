package io.serai.web;

import io.serai.route.Editor;
import io.serai.route.Fault;
import io.serai.route.FileSet;
import io.serai.route.Refusal;
import io.serai.route.Reload;
import io.serai.route.Revision;
import io.serai.route.Revisions;
import io.serai.route.RouteState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where an admin sees what runs, and changes it. */
@RestController
@RequestMapping("/api/routes")
@Tag(name = "Routes", description = "What runs, and how it came about; engineers try changes, admins make them")
class RouteDesk {

    private final Reload reload;
    private final Editor editor;
    private final Revisions revisions;

    RouteDesk(Reload reload, Editor editor, Revisions revisions) {
        this.reload = reload;
        this.editor = editor;
        this.revisions = revisions;
    }

    /** @param refused what the folder holds instead, when that could not go live */
    record Sight(long revision, List<RouteState> routes, Refusal refused) {}

    /** @param files by their paths what they would be; null stands for a file that would be gone */
    record Wish(@NotNull Map<String, String> files) {}

    /** @param faults what would refuse it; {@code warnings} would not */
    record Verdict(List<Fault> faults, List<Fault> warnings) {

        static Verdict of(List<Fault> all) {
            return new Verdict(all.stream().filter(fault -> !fault.warning()).toList(), all.stream().filter(Fault::warning).toList());
        }
    }

    @GetMapping
    @Operation(summary = "What runs", description = "Each route with its file, since when, from which revision, what passes it, and its last failure.")
    Sight see() {
        return new Sight(reload.revision(), reload.routes(), reload.refusal());
    }

    @PostMapping("/check")
    @Operation(summary = "What would become of these edits", description = "Changes nothing.")
    Verdict check(@Valid @RequestBody Wish wish) {
        wish.files().keySet().forEach(RouteDesk::ours);
        return Verdict.of(reload.check(wish.files()));
    }

    @PostMapping("/apply")
    @Operation(summary = "Put what lies in the folder to work", description = "For serai.reload: manual.")
    Revision apply(Principal who) {
        return reload.apply(who.getName());
    }

    @GetMapping("/revisions")
    @Operation(summary = "What ran, and what was refused, the latest first")
    Page<Revision> revisions(
            @Parameter(description = Page.NEXT) @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(revisions.before(before, limit + 1), limit, Revision::id);
    }

    @GetMapping("/revisions/{id}")
    @Operation(summary = "One of them")
    Revision revision(@PathVariable long id) {
        return revisions.find(id).orElseThrow(() -> new Stopped(problem(HttpStatus.NOT_FOUND, "There is no such revision.")));
    }

    @PostMapping("/revisions/{id}/rollback")
    @Operation(summary = "Run this again", description = "Writes its files back, as a new revision.")
    Revision rollback(@PathVariable long id, Principal who) {
        Revision former = revision(id);
        if (!former.outcome().equals("applied")) {
            throw new Stopped(problem(HttpStatus.CONFLICT, "This one never ran. Choose one whose outcome is applied."));
        }
        return editor.rollback(former, who.getName());
    }

    @GetMapping("/files")
    @Operation(summary = "The files, each with the hash of its text")
    Map<String, String> files() {
        return reload.read().manifest();
    }

    @Versioned
    @GetMapping(path = "/files/{*file}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "The text of a file", description = "Its ETag is the hash that an edit must show.")
    ResponseEntity<String> file(@PathVariable String file) {
        String text = reload.read().texts().get(ours(file.substring(1)));
        if (text == null) {
            throw new Stopped(problem(HttpStatus.NOT_FOUND, "There is no such file."));
        }
        return ResponseEntity.ok()
                .eTag("\"" + FileSet.hash(text) + "\"")
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }

    @PutMapping(path = "/files/{*file}", consumes = "!" + MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Operation(summary = "Write a file and put it to work, or do neither",
            description = "If-Match is the hash of the text that was edited, or * for whichever is there; If-None-Match: * for a new file. 409 with the difference when somebody was faster.")
    Revision put(@PathVariable String file, @RequestBody String text, @RequestHeader(name = "If-Match", required = false) String base,
            @RequestHeader(name = "If-None-Match", required = false) String none, Principal who) {
        return editor.edit(ours(file.substring(1)), text, base(base, none), who.getName());
    }

    @DeleteMapping("/files/{*file}")
    @Operation(summary = "Delete a file and stop its routes, or do neither", description = "If-Match is the hash of its text.")
    Revision delete(@PathVariable String file, @RequestHeader(name = "If-Match", required = false) String base, Principal who) {
        return editor.edit(ours(file.substring(1)), null, base(base, null), who.getName());
    }

    private static String base(String base, String none) {
        if (base == null && !"*".equals(none)) {
            throw new Stopped(problem(HttpStatus.PRECONDITION_REQUIRED,
                    "Say which text was edited: If-Match with the ETag of GET, or If-None-Match: * for a new file."));
        }
        return base == null ? "" : base.replaceAll("^(W/)?\"|\"$", "");
    }

    private static String ours(String file) {
        if (!Editor.isPath(file)) {
            throw new Stopped(problem(HttpStatus.BAD_REQUEST,
                    "Files are routes/**.yaml, processors/*.kamelet.yaml, memory/layers/*.sql and memory/prompts/*.md.").kind("invalid"));
        }
        return file;
    }

    private static io.serai.web.Fault problem(HttpStatus status, String detail) {
        return io.serai.web.Fault.of(status, detail);
    }
}
