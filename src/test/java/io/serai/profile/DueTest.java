package io.serai.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a promise is overdue. Everything was said on Friday 20 November 2026 at 23:30 in Berlin, where it is 22:30 UTC. */
class DueTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant SAID = Instant.parse("2026-11-20T22:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "today,                        2026-11-21T00:00",
        "tonight,                      2026-11-21T00:00",
        "tomorrow,                     2026-11-22T00:00",
        "send the quote tomorrow,      2026-11-22T00:00",
        "the day after tomorrow,       2026-11-23T00:00",
        "tomorrow at 10:00,            2026-11-21T10:00",
        "tomorrow by 5 pm,             2026-11-21T17:00",
        "tomorrow at 10:05am,          2026-11-21T10:05",
        "tomorrow by 5.30 p.m.,        2026-11-21T17:30",
        "by 5:30pm,                    2026-11-21T17:30",
        "tomorrow at noon,             2026-11-21T12:00",
        "by Monday,                    2026-11-24T00:00",
        "by Friday,                    2026-11-28T00:00",
        "next Friday,                  2026-11-28T00:00",
        "next Tuesday,                 2026-11-25T00:00",
        "in 3 days,                    2026-11-24T00:00",
        "in two weeks,                 2026-12-05T00:00",
        "within a week,                2026-11-28T00:00",
        "in 3 business days,           2026-11-26T00:00",
        "within 2 hours,               2026-11-21T01:30",
        "in 20 minutes,                2026-11-20T23:50",
        "in a month,                   2026-12-21T00:00",
        "next week,                    2026-11-28T00:00",
        "by the end of the week,       2026-11-21T00:00",
        "by the end of the month,      2026-12-01T00:00",
        "next month,                   2027-01-01T00:00",
        "on 2026-12-01,                2026-12-02T00:00",
        "on 3 March,                   2027-03-04T00:00",
        "until 3rd of December 2026,   2026-12-04T00:00",
        "by December 24th,             2026-12-25T00:00",
        "bis 24.12.,                   2026-12-25T00:00",
        "by 9 am,                      2026-11-21T09:00",
        "EOD,                          2026-11-21T00:00",
        "by the end of the day,        2026-11-21T00:00",
        "by EOD Friday,                2026-11-28T00:00",
        "by end of day Monday,         2026-11-24T00:00",
        "by the end of day on 3 March, 2027-03-04T00:00",
        "end of the day tomorrow,      2026-11-22T00:00",
        "by EOD next week,             2026-11-28T00:00",
        "in 3 days by EOD,             2026-11-24T00:00",
        "within 14 days from today,    2026-12-05T00:00",
        "14 days  from today,          2026-12-05T00:00",
        "a week from tomorrow,         2026-11-29T00:00",
        "two hours from now,           2026-11-21T01:30",
        "today in two weeks,           2026-12-05T00:00",
        "'starting today, within two weeks', 2026-12-05T00:00",
        "'by Monday, if not today',    2026-11-24T00:00",
        "'this week\'\'s figures tomorrow', 2026-11-22T00:00",
        "'next month\'\'s forecast today', 2026-11-21T00:00",
        "by Tuesday or tomorrow,       2026-11-25T00:00",
        "today and the rest by Monday, 2026-11-21T00:00",
        "'today, Friday',              2026-11-21T00:00",
        "this evening,                 2026-11-21T00:00",
        "the day after tomorrow or on Friday, 2026-11-23T00:00",
        "'not today, but tomorrow',    2026-11-22T00:00",
        "by Mar 5,                     2027-03-06T00:00",
        "'Mar 5, 2027',                2027-03-06T00:00",
        "3rd Sept.,                    2027-09-04T00:00",
        "by Friday 5 units,            2026-11-28T00:00",
        "5 December 2000 pieces,       2026-12-06T00:00",
        "in twelve days,               2026-12-03T00:00",
        "10 am tomorrow,               2026-11-21T10:00",
    })
    void isResolvedWhereTheContactIs(String words, LocalDateTime there) {
        assertThat(Due.of(words, SAID, BERLIN)).contains(there.atZone(BERLIN).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"by next Friday", "by Friday next week", "next week on Friday"})
    void isADayOfNextWeek(String words) {
        Instant monday = Instant.parse("2026-11-16T10:00:00Z");
        assertThat(Due.of(words, monday, BERLIN)).contains(LocalDateTime.parse("2026-11-28T00:00").atZone(BERLIN).toInstant());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bis heute Abend                       | 2026-11-21T00:00",
        "heute Morgen                          | 2026-11-21T00:00",
        "bis morgen                            | 2026-11-22T00:00",
        "Morgen früh                           | 2026-11-22T00:00",
        "morgen um 10:00                       | 2026-11-21T10:00",
        "übermorgen                            | 2026-11-23T00:00",
        "uebermorgen                           | 2026-11-23T00:00",
        "bis Freitag                           | 2026-11-28T00:00",
        "am Freitag Morgen                     | 2026-11-28T00:00",
        "Freitagnachmittag                     | 2026-11-28T00:00",
        "am Montag am Morgen                   | 2026-11-24T00:00",
        "am Montag, nicht heute                | 2026-11-24T00:00",
        "nicht heute, sondern am Montag        | 2026-11-24T00:00",
        "heute in zwei Wochen                  | 2026-12-05T00:00",
        "heute in 14 Tagen                     | 2026-12-05T00:00",
        "morgen in einer Woche                 | 2026-11-29T00:00",
        "ab morgen innerhalb von 3 Tagen       | 2026-11-25T00:00",
        "innerhalb von zehn Tagen              | 2026-12-01T00:00",
        "innerhalb von 14 Tagen ab heute       | 2026-12-05T00:00",
        "in den nächsten drei Tagen            | 2026-11-24T00:00",
        "in 3 Werktagen                        | 2026-11-26T00:00",
        "in zwei Stunden                       | 2026-11-21T01:30",
        "Freitag in einer Woche                | 2026-11-28T00:00",
        "nächste Woche Dienstag                | 2026-11-25T00:00",
        "nächsten Dienstag                     | 2026-11-25T00:00",
        "am 3. März                            | 2027-03-04T00:00",
        "am 5. Dezember 2026                   | 2026-12-06T00:00",
        "am 5.Dez.                             | 2026-12-06T00:00",
        "ce soir                               | 2026-11-21T00:00",
        "d'ici demain                          | 2026-11-22T00:00",
        "après-demain                          | 2026-11-23T00:00",
        "aujourd’hui                           | 2026-11-21T00:00",
        "d’ici vendredi                        | 2026-11-28T00:00",
        "vendredi 27                           | 2026-11-28T00:00",
        "vendredi à 17:00                      | 2026-11-27T17:00",
        "vendredi 17h                          | 2026-11-28T00:00",
        "el viernes 4 de la tarde              | 2026-11-28T00:00",
        "no hoy, mañana                        | 2026-11-22T00:00",
        "mardi 5 décembre                      | 2026-12-06T00:00",
        "le 5 decembre 40 000 pièces           | 2026-12-06T00:00",
        "le 1er mars 2027                      | 2027-03-02T00:00",
        "lundi prochain                        | 2026-11-24T00:00",
        "vendredi de la semaine prochaine      | 2026-11-28T00:00",
        "dans trois jours                      | 2026-11-24T00:00",
        "sous 48h                              | 2026-11-22T23:30",
        "d'ici deux semaines                   | 2026-12-05T00:00",
        "sous 3 jours à partir d'aujourd'hui   | 2026-11-24T00:00",
        "dans les 3 prochains jours            | 2026-11-24T00:00",
        "sous 3 jours ouvrés                   | 2026-11-26T00:00",
        "hoy                                   | 2026-11-21T00:00",
        "mañana                                | 2026-11-22T00:00",
        "mañana por la mañana                  | 2026-11-22T00:00",
        "antes de mañana                       | 2026-11-22T00:00",
        "pasado mañana                         | 2026-11-23T00:00",
        "el viernes por la mañana              | 2026-11-28T00:00",
        "el miercoles                          | 2026-11-26T00:00",
        "martes 5 de diciembre                 | 2026-12-06T00:00",
        "el 5 de marzo de 2027                 | 2027-03-06T00:00",
        "5 mar                                 | 2027-03-06T00:00",
        "dentro de dos semanas                 | 2026-12-05T00:00",
        "en los próximos 3 días                | 2026-11-24T00:00",
        "en tres días hábiles                  | 2026-11-26T00:00",
        "oggi                                  | 2026-11-21T00:00",
        "entro domani mattina                  | 2026-11-22T00:00",
        "dopodomani                            | 2026-11-23T00:00",
        "entro venerdì                         | 2026-11-28T00:00",
        "entro il 5 dicembre                   | 2026-12-06T00:00",
        "il 1° marzo                           | 2027-03-02T00:00",
        "tra una settimana                     | 2026-11-28T00:00",
        "entro i prossimi dieci giorni         | 2026-12-01T00:00",
        "hoje                                  | 2026-11-21T00:00",
        "até amanhã de manhã                   | 2026-11-22T00:00",
        "depois de amanhã                      | 2026-11-23T00:00",
        "na terça-feira                        | 2026-11-25T00:00",
        "até sexta feira                       | 2026-11-28T00:00",
        "3 de março                            | 2027-03-04T00:00",
        "em duas semanas                       | 2026-12-05T00:00",
        "daqui a 3 dias úteis                  | 2026-11-26T00:00",
        "vandaag                               | 2026-11-21T00:00",
        "morgenochtend                         | 2026-11-22T00:00",
        "overmorgen                            | 2026-11-23T00:00",
        "uiterlijk vrijdag                     | 2026-11-28T00:00",
        "volgende week dinsdag                 | 2026-11-25T00:00",
        "op 3 maart                            | 2027-03-04T00:00",
        "binnen twee weken                     | 2026-12-05T00:00",
        "over een week                         | 2026-11-28T00:00",
        "我今天发给您                          | 2026-11-21T00:00",
        "明天给您报价                          | 2026-11-22T00:00",
        "他说明天                              | 2026-11-22T00:00",
        "后天                                  | 2026-11-23T00:00",
        "三天内                                | 2026-11-24T00:00",
        "3天之内                               | 2026-11-24T00:00",
        "两周后                                | 2026-12-05T00:00",
        "十二天内                              | 2026-12-03T00:00",
        "3个工作日内                           | 2026-11-26T00:00",
        "两个星期以内                          | 2026-12-05T00:00",
        "12月5日之前                           | 2026-12-06T00:00",
        "2027年3月5日                          | 2027-03-06T00:00",
        "本日中に                              | 2026-11-21T00:00",
        "明日までに送ります                    | 2026-11-22T00:00",
        "明後日                                | 2026-11-23T00:00",
        "あさって                              | 2026-11-23T00:00",
        "３日以内に                            | 2026-11-24T00:00",
        "二週間後                              | 2026-12-05T00:00",
        "3営業日以内                           | 2026-11-26T00:00",
        "اليوم                                 | 2026-11-21T00:00",
        "غداً                                   | 2026-11-22T00:00",
        "بعد غد                                | 2026-11-23T00:00",
        "خلال ٣ أيام                           | 2026-11-24T00:00",
        "خلال ثلاثة أيام                       | 2026-11-24T00:00",
        "بعد يومين                             | 2026-11-23T00:00",
        "خلال أسبوع                            | 2026-11-28T00:00",
        "بعد أسبوعين                           | 2026-12-05T00:00",
    })
    void isResolvedInTheLanguageOfWhoPromised(String words, LocalDateTime there) {
        assertThat(Due.of(words, SAID, BERLIN)).contains(there.atZone(BERLIN).toInstant());
    }

    /** A word of two languages, or of two meanings: no date is better than a wrong one. */
    @ParameterizedTest
    @ValueSource(strings = {
        "कल", "mar 5", "el mar 5", "mar. 5", "vendredi 5", "guten Morgen", "am Morgen", "jeden Morgen", "por la mañana", "de la mañana", "de manhã",
        "Montag in einer Woche", "lundi en huit", "übernächste Woche Freitag", "letzten Freitag", "vendredi dernier", "el viernes pasado", "in Tagen",
        "hoy en día", "seit 3 Tagen", "in den letzten 3 Tagen", "10 out of 12", "1 set", "5 decent pumps", "3 marked boxes", "décembre 40 000", "40 000 mars",
        "in december 24", "december 24 000", "大后天", "しあさって", "3月后", "証明日", "日本日程", "说明天气", "在12月",
        "بعد أيام", "خلال شهر مارس", "بعد يوم الجمعة", "الغداء", "في اليوم التالي",
        "this takes over 1 week", "onze weken", "1,5 mai", "a segunda vez", "€5 mai",
        "a week from Friday", "Freitag 4 Stück", "14 Tage ab heute"})
    void isNothingWhereItMayMeanAnother(String words) {
        assertThat(Due.of(words, SAID, BERLIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nächsten Freitag", "vendredi prochain", "el próximo viernes", "venerdì prossimo"})
    void isNothingWhereSomeMeanThisWeekAndOthersTheNext(String words) {
        assertThat(Due.of(words, Instant.parse("2026-11-16T10:00:00Z"), BERLIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"am Freitag nächster Woche", "vendredi de la semaine prochaine", "el viernes de la próxima semana", "volgende week vrijdag"})
    void isADayOfNextWeekInOtherLanguages(String words) {
        Instant monday = Instant.parse("2026-11-16T10:00:00Z");
        assertThat(Due.of(words, monday, BERLIN)).contains(LocalDateTime.parse("2026-11-28T00:00").atZone(BERLIN).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"in ", "1 ", "morgen", "manana ", "de ", "5.", "12 de ", "mar ", "la ", "entro i ", "on mar ", "in den ",
        "三", "十", "بعد ", "a\u0316\u0301", "next ", " ", "or "})
    void isReadInTimeHoweverLongTheWordsAre(String words) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Due.of(words.repeat(16_000 / words.length()), SAID, BERLIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "when we can", "as soon as possible", "on 31 February", "for two weeks", "on 2026-13-45", "at 99:99", "by 45 pm", "the fridaynight club"})
    void isNothingWhereNoTimeIsNamed(String words) {
        assertThat(Due.of(words, SAID, BERLIN)).isEmpty();
    }
}
