package io.serai.profile;

import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How languages tell a day: by words for those that are near, by a span at whose end it comes, by the names of months and weekdays. These are the JDK's
 * (CLDR, module jdk.localedata; a runtime without it knows those of English alone), the rest stands here, as regular expressions. A word that means
 * something else as well is left out, or bound to what stands beside it: no date is better than a wrong one. The Hindi for tomorrow is that for yesterday.
 */
enum Tongue {

    ENGLISH("en",
            "today|tonight|this (?:morning|afternoon|evening)", "tomorrow", "day after tomorrow",
            "(?:in|within)(?: the next)?",
            "zero, an?|one, two|a couple of, three|a few, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen",
            "minutes?, hours?, (?:business|working) days?, days?, weeks?, months?"),
    GERMAN("de",
            "heute", "morgen(?:früh|vormittag|mittag|nachmittag|abend)?", "üe?bermorgen",
            "in|binnen|innerhalb(?: von)?",
            "0, eine?[mrn]?, zwei, drei, vier, fünf|fuenf, sechs, sieben, acht, neun, zehn, elf, zwölf|zwoelf, dreizehn, vierzehn, fünfzehn|fuenfzehn",
            "minuten?, stunden?, (?:werk|arbeits)tag(?:e[ns]?)?, tag(?:e[ns]?)?, wochen?, monat(?:e[ns]?|s)?"),
    FRENCH("fr",
            "aujourd'hui|ce (?:matin|soir)|cet après-midi", "demain", "après[- ]demain",
            "d'ici(?: à)?|dans|sous|en",
            "0, une?, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze",
            "minutes?, heures?|h, jours? ouvr(?:é|able)s?, jours?, semaines?, mois"),
    SPANISH("es",
            "hoy(?! en dia)|esta (?:tarde|noche)", "mañana", "pasado mañana",
            "en|dentro de|en un plazo de",
            "0, una?|uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince",
            "minutos?, horas?|h, días? (?:hábil(?:es)?|laborables?), días?, semanas?, mes(?:es)?"),
    ITALIAN("it",
            "(?<!d')oggi|stasera", "domani", "dopo ?domani|domani l'altro",
            "in|tra|fra|entro",
            "0, un[ao']?, due, tre, quattro, cinque, sei, sette, otto, nove, dieci, undici, dodici, tredici, quattordici, quindici",
            "minut[oi], or[ae], giorn[oi] lavorativ[oi], giorn[oi], settiman[ae], mes[ei]"),
    PORTUGUESE("pt",
            "hoje(?! em dia)", "amanhã", "depois de amanhã",
            "em|dentro de|daqui a|no prazo de",
            "0, uma?, dois|duas, três, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, treze, catorze|quatorze, quinze",
            "minutos?, horas?|h, dias? (?:útil|úteis), dias?, semanas?, mes(?:es)?"),
    DUTCH("nl",
            "vandaag|vanavond|vanmiddag", "morgen(?:ochtend|middag|avond|vroeg)?", "overmorgen",
            "in|binnen|over(?! 1 )",
            "0, een, twee, drie, vier, vijf, zes, zeven, acht, negen, tien, elf, twaalf, dertien, veertien, vijftien",
            "minu(?:ut|ten), u(?:ur|ren), werkdag(?:en)?, dag(?:en)?, we(?:ek|ken), maand(?:en)?"),

    /** One and two are told by the unit alone; before the name of a day or of a month it is no span. */
    ARABIC(null,
            "[وف]?(?<!(?:ذلك|نفس|كل|طوال) )اليوم(?! (?:ال|نفسه|ذاته))", "[وفل]?(?:غدا|الغد|يوم غد)", "بعد (?:يوم )?(?:غد|الغد)",
            "[وف]?(?:خلال|بعد|في غضون)",
            "0, واحد, اثنين, ثلاثة?, أربعة?, خمسة?, ستة?, سبعة?, ثمانية?|ثمان, تسعة?, عشرة?, (?:أحد|إحدى) عشرة?, (?:اثني|اثنتي|اثنا) عشرة?",
            "دقيقة|دقيقتين|دقائق, ساعة|ساعتين|ساعات, (?:يوم|أيام) عمل, يوما?|يومين|أيام, أسبوعا?|أسبوعين|أسابيع, شهرا?|شهرين|أشهر|شهور"),

    /** Chinese and Japanese, which have no blanks: the characters of a day stand in other words too (of Japan, of a proof). */
    HAN(null,
            "今[天晚]|今日(?!本)|(?<!日)本日", "明天(?![气才])|(?<![説说說証证證発发發照判声聲])明日(?!本)|あした", "(?<![大天])[后後]天|明[后後]日|(?<!し)あさって",
            null,
            "0, 一, 二|两|兩, 三, 四, 五, 六, 七, 八, 九, 十, 十一, 十二, 十三, 十四, 十五",
            "分[钟鐘]?, [个個]?小[时時]|時間, [个個]?工作[天日]|営業日, [天日]間?, [个個]?(?:星期|[礼禮]拜)|[周週]間?, [个個かヶカケヵ箇]月間?");

    /** In the order of the units of a language: days of work are no mere days, so they are looked for first. */
    enum Unit { MINUTE, HOUR, WORKING_DAY, DAY, WEEK, MONTH }

    /**
     * So many days or weeks, where they stand in a text.
     *
     * @param from its first character
     */
    record Span(Tongue tongue, int count, Unit unit, int from) {}

    /**
     * A word for a day that is near, where it stands in a text.
     *
     * @param days from the one on which it is said
     */
    record Near(int days, int from, int to) {}

    /** What begins and what ends a word. */
    static final String BEGIN = "(?<![\\p{L}\\p{N}])";
    static final String END = "(?![\\p{L}\\p{N}])";

    /** "In the next three days", "dans les trois prochains jours"; without it they are days of the past as well. */
    private static final String COMING = "(?:prochaine?s|próxim[oa]s|prossim[ei]|näe?chsten|kommenden|komende|volgende) ";
    private static final String AHEAD = "(?=(?:[\\p{L}\\d]{1,12} )?" + COMING + ")";
    private static final String THE = "(?:den|der|les|los|las|i|le|de) ";
    private static final String IN_THE = "(?:nei|nelle|nos|nas) ";

    /** Short names of months that are words of another language: 10 out of 12, 1 set. */
    private static final Set<String> WORDS = Set.of("set", "out", "gen", "mag", "lug");

    static final Map<String, Month> ENGLISH_MONTHS = months(ENGLISH);
    static final Map<String, Month> MONTHS = months(values());

    /** By their whole names: {@code mar} is March, or a Tuesday. */
    static final Map<String, DayOfWeek> WEEKDAYS = names(values(), DayOfWeek.values(), (day, locale) -> Stream.of(day.getDisplayName(TextStyle.FULL, locale)));

    /** After these {@code morgen} and {@code mañana} are the morning, as they are after a weekday. */
    private static final String MORNING = "(?<!" + BEGIN
            + "(?:guten?|schönen|am|zum|vom|jede[nr]|de[nmr]|diesen|näe?chsten|frühen|gestern|vorgestern|goede|elke|iedere"
            + "|la|esta|una|cada|toda|(?<!antes |partir )de|" + any(WEEKDAYS) + ") )";

    private static final Pattern NEAR = compile(BEGIN + "(?:(" + near(2) + ")|(?:(?!morgen|mañana)|" + MORNING + ")(" + near(1) + ")|(" + near(0) + "))"
            + END + "|(" + HAN.near.get(2) + ")|(" + HAN.near.get(1) + ")|(" + HAN.near.get(0) + ")");

    /** As the words for today, tomorrow and the day after. */
    private final List<String> near;
    private final Optional<Locale> locale;
    private final List<Pattern> counts;
    private final List<Pattern> units;
    private final Pattern span;

    Tongue(String locale, String today, String tomorrow, String dayAfter, String within, String counts, String units) {
        this.locale = Optional.ofNullable(locale).map(Locale::of);
        this.near = List.of(today, tomorrow, dayAfter);
        this.counts = Stream.of(counts.split(", ")).map(Tongue::compile).toList();
        this.units = Stream.of(units.split(", ")).map(Tongue::compile).toList();
        String count = "(?<count>\\d{1,3}|" + counts.replace(", ", "|") + ")";
        String unit = "(?<unit>" + units.replace(", ", "|") + ")";
        this.span = compile(switch (name()) {
            case "HAN" -> "(?<![月\\d.,一二三四五六七八九十百千万])" + count + unit + "(?:之?[内內]|以[内內]|[之以]?[后後])";
            case "ARABIC" -> BEGIN + within + " (?:" + count + " " + unit + "|(?<alone>يوم|يومين|أسبوع|أسبوعين|شهر|شهرين|ساعة|ساعتين)(?! \\p{L}))" + END;
            default -> BEGIN + "(?<within>(?:" + within + ") (?:" + THE + AHEAD + ")?|" + IN_THE + AHEAD + ")?(?:" + COMING + ")?" + count
                    + " ?(?:" + COMING + ")?" + unit + END + "(?<from> from (?:now|today|tomorrow)" + END + ")?";
        });
    }

    /** The first that tells when something ends; "for two weeks" does not. */
    static Optional<Span> span(String words) {
        return Stream.of(values()).flatMap(tongue -> tongue.find(words).stream()).min(Comparator.comparingInt(Span::from));
    }

    private Optional<Span> find(String words) {
        return span.matcher(words).results()
                .filter(found -> this == ARABIC || this == HAN || found.group("within") != null || found.group("from") != null)
                .findFirst()
                .map(this::read);
    }

    private Span read(MatchResult found) {
        String alone = this == ARABIC ? found.group("alone") : null;
        int count = alone == null ? count(found.group("count")) : alone.endsWith("ين") ? 2 : 1;
        return new Span(this, count, Unit.values()[indexOf(units, alone == null ? found.group("unit") : alone)], found.start());
    }

    private int count(String word) {
        return Character.isDigit(word.charAt(0)) ? Integer.parseInt(word) : indexOf(counts, word);
    }

    private static int indexOf(List<Pattern> patterns, String word) {
        return IntStream.range(0, patterns.size()).filter(at -> patterns.get(at).matcher(word).matches()).findFirst().orElseThrow();
    }

    /** The first of them from a place on. */
    static Optional<Near> near(String words, int from) {
        Matcher found = NEAR.matcher(words);
        if (!found.find(from)) {
            return Optional.empty();
        }
        int group = IntStream.rangeClosed(1, 6).filter(at -> found.group(at) != null).findFirst().orElseThrow();
        return Optional.of(new Near(2 - (group - 1) % 3, found.start(), found.end()));
    }

    private static String near(int days) {
        return Stream.of(values()).filter(tongue -> tongue != HAN).map(tongue -> tongue.near.get(days)).collect(Collectors.joining("|"));
    }

    /** As {@link #compile} has patterns: small, without accents, digits and marks of ASCII, so that it is read however it is written. */
    static String plain(String text) {
        return bare(Figures.western(Claim.fold(Marks.few(text).replace('\u00a0', ' ').replace('\u202f', ' ')))).replace('’', '\'');
    }

    static Pattern compile(String pattern) {
        return Pattern.compile(bare(pattern));
    }

    private static String bare(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{Mn}+", "");
    }

    /** The longest first. */
    static String any(Map<String, ?> names) {
        return names.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).map(name -> name.replace("-", "[- ]"))
                .collect(Collectors.joining("|"));
    }

    private static Map<String, Month> months(Tongue... tongues) {
        Map<String, Month> months = names(tongues, Month.values(), (month, locale) -> Stream.of(TextStyle.FULL, TextStyle.SHORT, TextStyle.SHORT_STANDALONE)
                .map(style -> month.getDisplayName(style, locale)));
        months.put("sept", Month.SEPTEMBER);
        months.keySet().removeAll(WORDS);
        return months;
    }

    private static <T> Map<String, T> names(Tongue[] tongues, T[] all, BiFunction<T, Locale, Stream<String>> told) {
        Map<String, Set<T>> meant = new HashMap<>();
        for (Tongue tongue : tongues) {
            tongue.locale.ifPresent(locale -> Stream.of(all).forEach(one -> told.apply(one, locale)
                    .map(name -> bare(name.toLowerCase(locale)).replace(".", ""))
                    .forEach(name -> meant.computeIfAbsent(name, unknown -> new HashSet<>()).add(one))));
        }
        return meant.entrySet().stream().filter(name -> name.getValue().size() == 1)
                .collect(Collectors.toMap(Map.Entry::getKey, name -> name.getValue().iterator().next(), (one, other) -> one, HashMap::new));
    }
}
