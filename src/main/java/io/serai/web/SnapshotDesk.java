package io.serai.web;

import io.serai.profile.Snapshots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where operators see how things stood on a day. */
@RestController
@RequestMapping("/api/snapshots")
@Tag(name = "Snapshots", description = "How things stand with each contact, kept each noon; for operators")
class SnapshotDesk {

    private static final List<String> COLUMNS = List.of("day", "contact", "stage", "marketing", "hot", "quotes", "pending", "overdue", "line");

    private final Snapshots snapshots;

    SnapshotDesk(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * @param day null when there is no snapshot yet
     * @param stages how many contacts are at each stage; this and the other totals are of all contacts of the day, whatever is searched for
     * @param next the query parameter {@code after} of the next page, or null when this is the last
     */
    record Day(LocalDate day, Map<String, Long> stages, long hot, long quotes, long pending, long overdue, List<Snapshots.Row> contacts, Long next) {

        static Day of(LocalDate day, List<Snapshots.Total> totals, List<Snapshots.Row> rows, int limit) {
            List<Snapshots.Row> page = rows.subList(0, Math.min(limit, rows.size()));
            return new Day(day, totals.stream().collect(Collectors.toMap(Snapshots.Total::stage, Snapshots.Total::contacts, Long::sum, TreeMap::new)),
                    totals.stream().mapToLong(Snapshots.Total::hot).sum(),
                    totals.stream().mapToLong(Snapshots.Total::quotes).sum(),
                    totals.stream().mapToLong(Snapshots.Total::pending).sum(),
                    totals.stream().mapToLong(Snapshots.Total::overdue).sum(),
                    page, rows.size() > limit ? page.getLast().contactId() : null);
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How things stood on a day",
            description = "The last snapshot unless a day is named; q: words of which some stand in a line. The totals are of all contacts of that day.")
    Day day(@RequestParam(required = false) LocalDate day, @RequestParam(defaultValue = "") String q,
            @Parameter(description = "the next of the page before; name its day too") @RequestParam(required = false) Long after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        LocalDate of = day == null ? snapshots.last().orElse(null) : day;
        Snapshots.Row before = after == null ? null : snapshots.find(of, after)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "The contact with whom the page before ended is not of that day: begin with the first page.")));
        return Day.of(of, snapshots.totals(of), snapshots.of(of, q, before, limit + 1), limit);
    }

    @GetMapping(produces = Csv.TYPE)
    @Operation(summary = "The same as CSV (RFC 4180), all of it")
    void csv(@RequestParam(required = false) LocalDate day, @RequestParam(defaultValue = "") String q, HttpServletResponse response) throws IOException {
        LocalDate of = day == null ? snapshots.last().orElse(null) : day;
        Csv.<Snapshots.Row>write(response, COLUMNS, last -> snapshots.of(of, q, last, Csv.AT_ONCE),
                row -> Arrays.asList(row.day(), row.contactId(), row.stage(), row.marketing(), row.hot(), row.quotes(), row.pending(), row.overdue(), row.line()));
    }
}
