package io.serai.profile;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By when something was promised, from the words it was promised in: "tomorrow", "by Friday at 5 pm", "in two weeks", "3 March". A day without a
 * time lasts until its end, where the contact is.
 */
final class Due {

    private static final List<String> DAYS = List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> COUNTS = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    private static final String SPAN =
            "(an?|\\d{1,3}|" + String.join("|", COUNTS) + "|a couple of|a few) (minute|hour|day|week|month|business day|working day)s?\\b";
    private static final Pattern COUNTED = Pattern.compile("\\b((?:in|within) (?:the next )?)?" + SPAN + "( from (?:now|today|(tomorrow))\\b)?");

    /** In "today in two weeks" and "two weeks from today" it is but where they begin. */
    private static final Pattern NEAR = Pattern.compile("(?<!(?:day|week|month)s? from )\\b(?:(day after tomorrow)|(tomorrow|morgen)"
            + "|today|tonight|this (?:morning|afternoon|evening)|heute)\\b(?!,? (?:in|within) (?:the next )?" + SPAN + ")");
    private static final Pattern OTHERWISE = Pattern.compile("\\b(?:or|not) $");
    private static final Pattern TIME = Pattern.compile(
            "\\b(\\d{1,2})(?:[:.](\\d{2}))?\\s*([ap])\\.?m\\b|\\b(\\d{1,2}):(\\d{2})\\b|\\bnoon\\b|\\bmidday\\b");
    private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern DOTTED = Pattern.compile("\\b(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?");
    private static final Pattern DAY_MONTH = Pattern.compile("\\b(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?" + MONTH + "\\b(?:\\s+(\\d{4}))?");
    private static final Pattern MONTH_DAY = Pattern.compile("\\b" + MONTH + "\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(\\d{4}))?");
    private static final Pattern WEEKDAY = Pattern.compile("\\b(?:(next)\\s+)?(" + String.join("|", DAYS) + ")\\b");

    private final String words;
    private final ZonedDateTime said;

    private Due(String words, ZonedDateTime said) {
        this.words = Claim.fold(words);
        this.said = said;
    }

    /**
     * @param said when it was promised
     * @param zone where the contact is
     * @return empty when the words name no time
     */
    static Optional<Instant> of(String words, Instant said, ZoneId zone) {
        var due = new Due(words, said.atZone(zone));
        return due.span().or(() -> due.day().map(due::end)).or(due::hour);
    }

    private Optional<Instant> span() {
        return counted().filter(span -> span.group(3).matches("minute|hour")).map(span -> {
            ChronoUnit unit = span.group(3).equals("hour") ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
            return said.plus(Duration.of(count(span.group(2)), unit)).toInstant();
        });
    }

    /** A day that is near is not that of the work itself ("this week's figures today"), unless it is but another way ("by Friday, if not today"). */
    private Optional<LocalDate> day() {
        LocalDate today = said.toLocalDate();
        Matcher near = NEAR.matcher(words);
        if (near.find()) {
            int days = near.group(1) != null ? 2 : near.group(2) != null ? 1 : 0;
            Optional<LocalDate> first = OTHERWISE.matcher(words.substring(0, near.start())).find() ? far(today) : Optional.empty();
            return first.or(() -> Optional.of(today.plusDays(days)));
        }
        return far(today).or(() -> has("end of (?:the )?day|eod") ? Optional.of(today) : Optional.empty());
    }

    private Optional<LocalDate> far(LocalDate today) {
        return days(today).or(() -> date(today)).or(() -> weekday(today)).or(() -> period(today));
    }

    private Optional<LocalDate> days(LocalDate today) {
        return counted().map(span -> {
            int count = count(span.group(2));
            LocalDate from = span.group(5) == null ? today : today.plusDays(1);
            return switch (span.group(3)) {
                case "day" -> from.plusDays(count);
                case "week" -> from.plusWeeks(count);
                case "month" -> from.plusMonths(count);
                default -> workingDays(from, count);
            };
        });
    }

    private Optional<MatchResult> counted() {
        return COUNTED.matcher(words).results().filter(span -> span.group(1) != null || span.group(4) != null).findFirst();
    }

    private static LocalDate workingDays(LocalDate from, int count) {
        LocalDate day = from;
        for (int left = count; left > 0; left--) {
            do {
                day = day.plusDays(1);
            } while (day.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue());
        }
        return day;
    }

    private Optional<LocalDate> date(LocalDate today) {
        Matcher iso = ISO.matcher(words);
        if (iso.find()) {
            return valid(iso.group(1), Integer.parseInt(iso.group(2)), iso.group(3), today);
        }
        Matcher dotted = DOTTED.matcher(words);
        if (dotted.find()) {
            return valid(dotted.group(3), Integer.parseInt(dotted.group(2)), dotted.group(1), today);
        }
        Matcher day = DAY_MONTH.matcher(words);
        if (day.find()) {
            return valid(day.group(3), MONTHS.indexOf(day.group(2)) + 1, day.group(1), today);
        }
        Matcher month = MONTH_DAY.matcher(words);
        return month.find() ? valid(month.group(3), MONTHS.indexOf(month.group(1)) + 1, month.group(2), today) : Optional.empty();
    }

    /** Without a year it is the next one that comes. */
    private static Optional<LocalDate> valid(String year, int month, String day, LocalDate today) {
        int dayOfMonth = Integer.parseInt(day);
        int ofYear = year == null ? today.getYear() : Integer.parseInt(year);
        if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > LocalDate.of(ofYear, month, 1).lengthOfMonth()) {
            return Optional.empty();
        }
        LocalDate date = LocalDate.of(ofYear, month, dayOfMonth);
        return Optional.of(year == null && date.isBefore(today) ? date.plusYears(1) : date);
    }

    /** The next of that name; "next Friday" and "Friday next week" are that of next week. */
    private Optional<LocalDate> weekday(LocalDate today) {
        Matcher found = WEEKDAY.matcher(words);
        if (!found.find()) {
            return Optional.empty();
        }
        DayOfWeek day = DayOfWeek.of(DAYS.indexOf(found.group(2)) + 1);
        return Optional.of(found.group(1) == null && !has("next week")
                ? today.with(TemporalAdjusters.next(day))
                : today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).with(TemporalAdjusters.nextOrSame(day)));
    }

    private Optional<LocalDate> period(LocalDate today) {
        if (has("end of next week|next week")) {
            return Optional.of(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).plusDays(4));
        }
        if (has("this week|end of (?:the )?week")) {
            return Optional.of(today.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY)));
        }
        if (has("next month")) {
            return Optional.of(today.plusMonths(1).with(TemporalAdjusters.lastDayOfMonth()));
        }
        return has("this month|end of (?:the )?month") ? Optional.of(today.with(TemporalAdjusters.lastDayOfMonth())) : Optional.empty();
    }

    private Instant end(LocalDate day) {
        return time().map(time -> day.atTime(time).atZone(said.getZone()))
                .orElseGet(() -> day.plusDays(1).atStartOfDay(said.getZone())).toInstant();
    }

    /** A time without a day is the next one. */
    private Optional<Instant> hour() {
        return time().map(time -> said.toLocalDate().atTime(time).atZone(said.getZone()))
                .map(at -> at.isBefore(said) ? at.plusDays(1) : at)
                .map(ZonedDateTime::toInstant);
    }

    private Optional<LocalTime> time() {
        Matcher found = TIME.matcher(words);
        if (!found.find()) {
            return Optional.empty();
        }
        if (found.group().equals("noon") || found.group().equals("midday")) {
            return Optional.of(LocalTime.NOON);
        }
        String half = found.group(3);
        int hour = Integer.parseInt(half == null ? found.group(4) : found.group(1));
        String past = half == null ? found.group(5) : found.group(2);
        int of24 = half == null ? hour : hour % 12 + (half.equals("p") ? 12 : 0);
        int minute = past == null ? 0 : Integer.parseInt(past);
        return of24 > 23 || minute > 59 || half != null && hour > 12 ? Optional.empty() : Optional.of(LocalTime.of(of24, minute));
    }

    private boolean has(String pattern) {
        return Pattern.compile("\\b(?:" + pattern + ")\\b").matcher(words).find();
    }

    private static int count(String word) {
        return switch (word) {
            case "a", "an" -> 1;
            case "a couple of" -> 2;
            case "a few" -> 3;
            default -> COUNTS.contains(word) ? COUNTS.indexOf(word) : Integer.parseInt(word);
        };
    }
}
