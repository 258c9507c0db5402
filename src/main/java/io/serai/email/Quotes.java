package io.serai.email;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a mail what was quoted and the signature, so that what is left is what was said now. The wordings are those of Gmail, Apple Mail,
 * Thunderbird and Outlook in the languages of Europe and East Asia.
 */
class Quotes {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** "On ... wrote:", as far as it stands on one line; it may be wrapped over three. */
    private static final Pattern ATTRIBUTION = Pattern.compile("(?:>\\s?)*+\\s*+(?:"
            + "on\\s.{5,300}\\swrote\\s?:|am\\s.{5,300}\\s(?:schrieb|hat (?>.{1,200}? geschrieben(?=[\\s:])))(?:\\s.{0,200})?:|le\\s.{5,300}\\sa\\s(?:é|e)crit\\s?:"
            + "|el\\s.{5,300}\\sescribió\\s?:|il\\s.{5,300}\\sha\\sscritto\\s?:|em\\s.{5,300}\\sescreveu\\s?:|a\\s.{5,300}\\sescreveu\\s?:"
            + "|op\\s.{5,300}\\s(?:schreef|geschreven)(?:\\s.{0,200})?:|den\\s.{5,300}\\s(?:skrev|schrieb)(?:\\s.{0,200})?:"
            + "|.{5,300}(?:\\s(?:skrev|írta)(?:\\s.{0,200})?:"
            + "|\\s(?:kirjoitti|(?:napisał|napsal)(?:\\(a\\)|a)?|pisze|пишет|написал(?:\\(а\\)|а)?|пише|написав|a\\sscris|(?:şunu\\s)?yazdı|έγραψε)\\s?:"
            + "|(?:写道|寫道|のメール|작성)\\s?[:：])"
            + "|.{0,40}\\d{4}.{3,200}<[^<>@\\s]+@[^<>\\s]+>\\s?[:：]"
            + ")\\s*", FLAGS);

    /** What tells a client's attribution from a person's sentence: an address, or a time and a year. */
    private static final Pattern ADDRESS = Pattern.compile("[<(]\\s?[^<>()@\\s]++@");
    private static final Pattern TIME = Pattern.compile("(?<![\\d.])\\d{1,2}[:.h]\\d{2}(?![\\d.])");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:(?:19|20)\\d{2}|\\d{1,2}([./-])\\d{1,2}\\1\\d{2})(?!\\d)");

    private static final Pattern DIVIDER = Pattern.compile("\\s*-{3,}\\s*(?:original message|original appointment|ursprüngliche nachricht"
            + "|original-nachricht|message d'origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht"
            + "|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|původní zpráva"
            + "|исходное сообщение|原始邮件|元のメッセージ|원본 메시지)\\s*-{3,}\\s*", FLAGS);

    /** The first line of the block of headers that Outlook puts above what it quotes. */
    private static final Pattern FROM = Pattern.compile("[>*\\s]*+(?:from|von|de|da|van|från|fra|lähettäjä|od|от|від|kimden|feladó|από|发件人"
            + "|寄件者|差出人|보낸 사람)\\s?\\*?\\s?[:：].+",
            FLAGS);
    private static final String RECIPIENTS = "to|an|à|para|a|aan|till|til|vastaanottaja|do|komu|кому|kime|címzett|收件人|收件者|宛先|받는 사람";
    private static final String SUBJECTS = "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|тема|konu|tárgy"
            + "|主题|主旨|件名|제목";
    private static final Pattern RECIPIENT = header(RECIPIENTS);
    private static final Pattern SUBJECT = header(SUBJECTS);
    private static final Pattern OTHER = header("sent|gesendet|datum|envoyé|enviado(?: el| em)?|inviato|verzonden"
            + "|skickat|sendt|lähetetty|wysłano|odesláno"
            + "|отправлено|gönderilme|elküldve|发送时间|傳送時間|送信日時|보낸 날짜|date|data|fecha|dato|cc|" + RECIPIENTS + "|" + SUBJECTS);

    private static final Pattern MOBILE = Pattern.compile("\\s*(?:(?:sent from|get outlook for|gesendet (?:mit|von)"
            + "|von meinem .{2,40} gesendet|outlook für .{2,20} (?:beziehen|herunterladen)"
            + "|envoyé (?:de|depuis) mon|télécharger outlook|enviado desde mi|obtener outlook|inviato da|scarica outlook|enviado do meu"
            + "|verzonden vanaf|skickat från min"
            + "|sendt fra min|lähetetty .{2,40}stani|wysłane z|отправлено с|odesláno z|iphone 用|发自我的|iPhoneから送信|나의 iPhone에서 보냄).{0,120}"
            + "|iPhoneから送信|发自我的.{0,40})\\s*", FLAGS);

    private static final Pattern OWN = Pattern.compile(">[^>\\s].*");
    private static final Pattern RULE = Pattern.compile("\\s*+_{20,}+\\s*+");

    private static final int WRAPPED = 3;
    private static final int MOST_RULES = 3;
    /** No line of these patterns is longer. */
    private static final int LONGEST_LINE = 400;

    private Quotes() {}

    private static Pattern header(String names) {
        return Pattern.compile("[>*\\s]*+(?:" + names + ")\\s?\\*?\\s?[:：].*", FLAGS);
    }

    static String strip(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        List<String> kept = new ArrayList<>();
        boolean attributed = false;
        for (int i = 0; i < lines.size(); i++) {
            int end = attributionEnd(lines, i);
            if (isHeaderBlock(lines, i) || DIVIDER.matcher(lines.get(i)).matches() || end > 0 && !isQuoted(lines, end)) {
                break;
            }
            if (end > 0) {
                attributed = true;
                i = end - 1;
            } else if (isSignature(lines.get(i))) {
                i = signatureEnd(lines, i) - 1;
            } else if (!isMarked(lines.get(i)) || !attributed && isOwn(lines, i)) {
                kept.add(lines.get(i));
            }
        }
        trimEnd(kept);
        String said = String.join("\n", kept).replaceAll("\n{3,}", "\n\n").strip();
        return said.isEmpty() ? text.strip() : said;
    }

    /** Without the line that a telephone adds, and with all else: for a mail whose quotes are what its sender wants to show. */
    static String withoutMobile(String text) {
        List<String> lines = new ArrayList<>(List.of(text.strip().split("\n", -1)));
        trimEnd(lines);
        return String.join("\n", lines);
    }

    /** The line after an attribution that begins here; 0 when none does. */
    private static int attributionEnd(List<String> lines, int at) {
        var joined = new StringBuilder();
        for (int i = at; i < Math.min(at + WRAPPED, lines.size()); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.length() > LONGEST_LINE) {
                return 0;
            }
            joined.append(i > at ? " " : "").append(i > at ? line.replaceFirst("^(?:>\\s?)+", "") : line);
            if ((line.endsWith(":") || line.endsWith("：")) && hasDigit(joined) && ATTRIBUTION.matcher(joined).matches()
                    && (isByAClient(joined) || isQuoted(lines, i + 1))) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean isByAClient(CharSequence attribution) {
        return ADDRESS.matcher(attribution).find() || TIME.matcher(attribution).find() && YEAR.matcher(attribution).find();
    }

    private static boolean isMarked(String line) {
        return line.startsWith(">");
    }

    /** "&gt;10 kW please", or a "From" at the beginning of a line, which servers mark so; clients put a blank behind the mark, or mark several lines. */
    private static boolean isOwn(List<String> lines, int at) {
        boolean beside = at > 0 && isMarked(lines.get(at - 1)) || at + 1 < lines.size() && isMarked(lines.get(at + 1));
        return !beside && OWN.matcher(lines.get(at)).matches();
    }

    private static boolean hasDigit(CharSequence text) {
        return text.chars().anyMatch(Character::isDigit);
    }

    /** Whether the next line that says anything is marked as quoted; otherwise everything that follows is. */
    private static boolean isQuoted(List<String> lines, int from) {
        return lines.subList(from, lines.size()).stream().filter(line -> !line.isBlank()).findFirst().filter(Quotes::isMarked).isPresent();
    }

    /**
     * Outlook draws a line above it, or names whom it went to and what it was about: forms and orders say From and Date too, but seldom both of these.
     * No more than a few lines are passed over, since each line of a mail may be drawn.
     */
    private static boolean isHeaderBlock(List<String> lines, int at) {
        int first = at;
        for (int rules = 0; rules < MOST_RULES && first < lines.size() && RULE.matcher(lines.get(first)).matches(); rules++) {
            first = nextSaid(lines, first + 1);
        }
        if (first == lines.size() || !FROM.matcher(lines.get(first)).matches()) {
            return false;
        }
        List<String> block = lines.subList(first + 1, Math.min(first + 7, lines.size()));
        return first > at ? count(OTHER, block) >= 2 : count(RECIPIENT, block) > 0 && count(SUBJECT, block) > 0;
    }

    private static long count(Pattern header, List<String> lines) {
        return lines.stream().filter(line -> header.matcher(line).matches()).count();
    }

    private static int nextSaid(List<String> lines, int from) {
        int i = from;
        while (i < lines.size() && lines.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    private static boolean isSignature(String line) {
        return line.equals("-- ") || line.equals("--");
    }

    /** A signature ends where something is quoted, since who answers below the quote signs below it too. */
    private static int signatureEnd(List<String> lines, int at) {
        int i = at + 1;
        while (i < lines.size() && !isMarked(lines.get(i)) && attributionEnd(lines, i) == 0 && !DIVIDER.matcher(lines.get(i)).matches()
                && !isHeaderBlock(lines, i)) {
            i++;
        }
        return i;
    }

    private static void trimEnd(List<String> lines) {
        while (!lines.isEmpty() && (lines.getLast().isBlank() || isMobile(lines.getLast().strip()))) {
            lines.removeLast();
        }
    }

    private static boolean isMobile(String line) {
        return line.length() <= LONGEST_LINE && MOBILE.matcher(line).matches();
    }
}
