package io.serai.profile;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * By when something was promised, from the words it was promised in: "tomorrow", "by Friday at 5 pm", "in two weeks", "3 March". A day without a
 * time lasts until its end, where the contact is.
 */
final class Due {

    private static final Pattern OTHERWISE = Pattern.compile("\\b(?:or|not|oder|nicht|ou|pas|o|no|non|nao|niet) $");

    /** In "today in two weeks" and "two weeks from today" it is but where they begin. */
    private static final Pattern FROM = Pattern.compile("\\b(?:(from)|ab|partir de|partir d'|partire da|vanaf|desde) ?$");
    private static final Pattern ON = Pattern.compile(",? ?(?:起|から)?");
    private static final Pattern TIME = Pattern.compile(
            "\\b(\\d{1,2})(?:[:.](\\d{2}))?\\s*([ap])\\.?m\\b|\\b(\\d{1,2}):(\\d{2})\\b|\\bnoon\\b|\\bmidday\\b");
    private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern DOTTED = Pattern.compile("\\b(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?");
    private static final Pattern HAN = Pattern.compile("(?:(\\d{4})年)?(?<!\\d)(\\d{1,2})月(\\d{1,2})[日号號]");

    /** Not of a figure (40 000), nor a number of things. */
    private static final String NO_FIGURE = "(?![\\p{L}\\d])(?![.,' ]\\d{3}(?!\\d))"
            + "(?! ?[%\\p{Sc}]| (?:units|pieces|pcs|stuck|stuks|unites|unidades|pezzi)\\b)";
    private static final String YEAR = "(?:,? (?:del? )?(20[2-9]\\d)" + NO_FIGURE + ")?";
    private static final Pattern DAY_MONTH = Pattern.compile(
            "(?<![\\p{L}\\d\\p{Sc}])(?<!\\d[.,'])(\\d{1,2})(?:st|nd|rd|th|er|[.°ºª])? ?(?:of |de |d')?("
            + Tongue.any(Tongue.MONTHS) + ")" + Tongue.END + "\\.?" + YEAR);

    /** So only English does. In December 24 are sold; and {@code mar 5} is a Tuesday elsewhere, unless it is said in English. */
    private static final Pattern MONTH_DAY = Pattern.compile("(?<!\\b(?:in|im|en|em) )" + Tongue.BEGIN
            + "(?:(?!mar\\b)|(?<=\\b(?:by|on|before|until|till|due|the) )|(?=mar\\.? \\d{1,2}(?:st|nd|rd|th|, 20)))("
            + Tongue.any(Tongue.ENGLISH_MONTHS) + ")\\.? (\\d{1,2})(?:st|nd|rd|th)?" + NO_FIGURE + YEAR);

    private static final String THIS_NEXT = "next|näe?chste[nrsm]?|volgende|prochaine?|próxim[oa]|prossim[oa]";
    private static final String HOUR = "[ap]\\.?m|h|uhr|uur|heures?|horas?|ore|de la|da tarde|da manhã|del pomeriggio";
    private static final Pattern WEEKDAY = Tongue.compile(
            "(?<!\\b(?:last|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?|afgelopen|(?:day|week|month)s? from) )" + Tongue.BEGIN
            + "(?:(next) |(" + THIS_NEXT + ") )?(" + Tongue.any(Tongue.WEEKDAYS) + ")(?:(?:vor|nach)?mittag|morgen|abend|ochtend|middag|avond)?" + Tongue.END
            + "(?! (?:dernier|pasado|scors[oa]|passad[oa]|en (?:huit|quinze|8|15))\\b)(?: (" + THIS_NEXT + ")" + Tongue.END + ")?"
            + "(?:,? (?:le |el |il |den |de |día )?(\\d{1,2})(?!\\d|[:.,]\\d| ?(?:" + HOUR + ")" + Tongue.END + "))?");

    private static final String NEXT_WEEK = "next week|näe?chste[nr]? woche|semaine prochaine|prochaine semaine|próxima semana"
            + "|semana (?:próxima|que viene|que vem)|prossima settimana|settimana prossima|volgende week";
    private static final String AFTER_NEXT = "week after next|üe?bernäe?chste[nr]?";

    private final String words;
    private final ZonedDateTime said;

    private Due(String words, ZonedDateTime said) {
        this.words = Tongue.plain(words);
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
        return Tongue.span(words).flatMap(span -> switch (span.unit()) {
            case MINUTE -> Optional.of(said.plusMinutes(span.count()).toInstant());
            case HOUR -> Optional.of(said.plusHours(span.count()).toInstant());
            default -> Optional.empty();
        });
    }

    /** A day that is near is not that of the work itself ("this week's figures today"), unless it is but another way ("by Friday, if not today"). */
    private Optional<LocalDate> day() {
        LocalDate today = said.toLocalDate();
        Optional<Tongue.Near> named = Tongue.near(words, 0);
        if (named.isEmpty()) {
            return far(today).or(() -> has("end of (?:the )?day|eod") ? Optional.of(today) : Optional.empty());
        }
        Tongue.Near near = named.get();
        LocalDate day = today.plusDays(near.days());
        String before = words.substring(0, near.from());
        Matcher from = FROM.matcher(before);
        boolean begins = from.find();
        Optional<Tongue.Span> span = Tongue.span(words)
                .filter(found -> begins || found.from() >= near.to() && ON.matcher(words.substring(near.to(), found.from())).matches());
        if (span.isEmpty() && begins && from.group(1) == null) { // "14 Tage ab heute"
            return far(today);
        }
        return span.map(found -> end(found, day))
                .or(() -> OTHERWISE.matcher(before).find() ? instead(near, today) : Optional.empty())
                .or(() -> Optional.of(day));
    }

    private Optional<LocalDate> instead(Tongue.Near near, LocalDate today) {
        return far(today).or(() -> Tongue.near(words, near.to()).map(other -> today.plusDays(other.days())));
    }

    /** A weekday that is not the one on which a span ends begins it ("Monday in a week", as some languages say), or is another day altogether. */
    private Optional<LocalDate> far(LocalDate today) {
        return Tongue.span(words)
                .map(span -> Optional.of(end(span, today))
                        .filter(day -> span.tongue() == Tongue.ENGLISH || named().allMatch(day.getDayOfWeek()::equals))
                        .or(() -> date(today)))
                .orElseGet(() -> date(today).or(() -> weekday(today)).or(() -> period(today)));
    }

    private static LocalDate end(Tongue.Span span, LocalDate from) {
        return switch (span.unit()) {
            case WEEK -> from.plusWeeks(span.count());
            case MONTH -> from.plusMonths(span.count());
            case WORKING_DAY -> workingDays(from, span.count());
            default -> from.plusDays(span.count());
        };
    }

    private Stream<DayOfWeek> named() {
        return WEEKDAY.matcher(words).results().map(found -> weekday(found.group(3)));
    }

    private static DayOfWeek weekday(String name) {
        return Tongue.WEEKDAYS.get(name.replace(' ', '-'));
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
        Matcher han = HAN.matcher(words);
        if (han.find()) {
            return valid(han.group(1), Integer.parseInt(han.group(2)), han.group(3), today);
        }
        Matcher day = DAY_MONTH.matcher(words);
        if (day.find()) {
            return valid(day.group(3), Tongue.MONTHS.get(day.group(2)).getValue(), day.group(1), today);
        }
        Matcher month = MONTH_DAY.matcher(words);
        return month.find() ? valid(month.group(3), Tongue.ENGLISH_MONTHS.get(month.group(1)).getValue(), month.group(2), today) : Optional.empty();
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

    /**
     * The next of that name; "next Friday" and "Friday next week" are that of next week. Other languages mean one or the other by the first of them: it is
     * read where both are the same. A number behind a weekday is its day of the month, or nobody knows what.
     */
    private Optional<LocalDate> weekday(LocalDate today) {
        Matcher found = WEEKDAY.matcher(words);
        if (!found.find() || has(AFTER_NEXT)) {
            return Optional.empty();
        }
        DayOfWeek day = weekday(found.group(3));
        LocalDate coming = today.with(TemporalAdjusters.next(day));
        LocalDate ofNextWeek = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).with(TemporalAdjusters.nextOrSame(day));
        boolean english = found.group(3).equalsIgnoreCase(day.name());
        if (found.group(1) != null || has(NEXT_WEEK)) {
            return Optional.of(ofNextWeek);
        }
        if (found.group(2) != null || found.group(4) != null) {
            return Optional.of(coming).filter(ofNextWeek::equals);
        }
        return Optional.of(coming).filter(next -> english || found.group(5) == null || next.getDayOfMonth() == Integer.parseInt(found.group(5)));
    }

    private Optional<LocalDate> period(LocalDate today) {
        if (has(AFTER_NEXT)) {
            return Optional.empty();
        }
        if (has(NEXT_WEEK)) {
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
        return Tongue.compile("\\b(?:" + pattern + ")\\b").matcher(words).find();
    }
}
