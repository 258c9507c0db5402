package io.serai.web;

import io.serai.profile.Snapshots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String COLUMNS = "day,contact,stage,marketing,hot,quotes,pending,overdue,line";

    private final Snapshots snapshots;

    SnapshotDesk(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** @param stages how many contacts are at each stage */
    record Day(Map<String, Long> stages, long hot, int quotes, int pending, int overdue, List<Snapshots.Row> contacts) {

        static Day of(List<Snapshots.Row> rows) {
            return new Day(rows.stream().collect(Collectors.groupingBy(Snapshots.Row::stage, TreeMap::new, Collectors.counting())),
                    rows.stream().filter(Snapshots.Row::hot).count(),
                    rows.stream().mapToInt(Snapshots.Row::quotes).sum(),
                    rows.stream().mapToInt(Snapshots.Row::pending).sum(),
                    rows.stream().mapToInt(Snapshots.Row::overdue).sum(),
                    rows);
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How things stood on a day", description = "The last snapshot unless a day is named; q: words of which some stand in a line.")
    Day day(@RequestParam(required = false) LocalDate day, @RequestParam(defaultValue = "") String q) {
        return Day.of(snapshots.of(day, q));
    }

    @GetMapping(produces = "text/csv")
    @Operation(summary = "The same as CSV (RFC 4180)")
    String csv(@RequestParam(required = false) LocalDate day, @RequestParam(defaultValue = "") String q) {
        return Stream.concat(Stream.of(COLUMNS), snapshots.of(day, q).stream().map(SnapshotDesk::line)).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String line(Snapshots.Row row) {
        return Stream.<Object>of(row.day(), row.contactId(), row.stage(), row.marketing(), row.hot(), row.quotes(), row.pending(), row.overdue(), row.line())
                .map(cell -> cell(Objects.toString(cell, "")))
                .collect(Collectors.joining(","));
    }

    /** What a customer wrote must not become a formula of a spreadsheet. */
    private static String cell(String text) {
        String harmless = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return harmless.matches("(?s).*[\",\\r\\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
