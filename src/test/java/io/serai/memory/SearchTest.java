package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.memory.Storyteller.Said;
import io.serai.memory.Storyteller.Story;
import io.serai.message.Contact;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.transaction.support.TransactionTemplate;

/** What is found of everything that was ever said, and that nobody finds what was said to another. */
@Tag("database")
@ResourceLock(Town.SHARED)
class SearchTest {

    private static final Instant MAY = Instant.parse("2026-05-04T09:00:00Z");

    private final Town town = Town.shared();
    private final Storyteller teller = new Storyteller(town);

    @Test
    void findsTheAnswerThatDoesNotRepeatTheQuestion() {
        Story story = tells("Ada", "Good morning", "How long does the warranty of the boiler last?", "Ten years, Ada.", "And what colour is it?", "White.", "Fine.");
        assertThat(found(story, "warranty of the boiler").subList(0, 2)).contains("Ten years, Ada.");
    }

    @Test
    void findsByMeaningWhatIsNotSaidInTheseWords() {
        Story story = tells("Ada", "Our cat fell ill on Sunday", "I am sorry to hear that.", "The invoice came yesterday", "Thank you.", "We sell chairs and tables");
        assertThat(found(story, "Is the pet unwell?")).startsWith("Our cat fell ill on Sunday");
    }

    @Test
    void findsWhatBearsTheNameOfWhoAsks() {
        Story story = tells("Berlin Pumps GmbH", "The pumps were 4,000 each", "Noted.", "The chairs were 90 each", "Noted.", "We have a van to Berlin on Mondays", "Good.");
        assertThat(found(story, "What were the pumps?")).startsWith("The pumps were 4,000 each");
        assertThat(found(story, "Berlin van?")).startsWith("We have a van to Berlin on Mondays");
        assertThat(teller.search(story.contact(), "What of Berlin and of Pumps?", 10)).extracting(Found::text)
                .contains("We have a van to Berlin on Mondays", "The pumps were 4,000 each");
    }

    @Test
    void findsWhatWasSaidInOtherLanguages() {
        Story story = tells("Jörg", "Wir brauchen zwölf Wärmepumpen", "Gern.", "Наш бюджет сорок тысяч", "Хорошо.", "Necesitamos doce sillas", "Bien.");
        assertThat(found(story, "бюджет?")).startsWith("Наш бюджет сорок тысяч");
        assertThat(found(story, "Wärmepumpen?")).startsWith("Wir brauchen zwölf Wärmepumpen");
        assertThat(found(story, "¿cuántas sillas?")).startsWith("Necesitamos doce sillas");
    }

    @Test
    void findsWhatHasNoSpacesBetweenItsWords() {
        Story chinese = tells("李娜", "我们的预算是四万元", "好的。", "请把样品寄到上海的办公室", "没问题。", "型号HP-200要十二台", "明白。");
        assertThat(found(chinese, "预算是多少?")).startsWith("我们的预算是四万元");
        assertThat(found(chinese, "样品寄到哪里?")).startsWith("请把样品寄到上海的办公室");
        assertThat(found(chinese, "HP-200")).startsWith("型号HP-200要十二台");
        Story japanese = tells("田中", "予算は四百万円です", "承知しました。", "猫が三匹います", "かわいいですね。", "サーバーは大阪にあります", "はい。");
        assertThat(found(japanese, "予算はいくらでしたか?")).startsWith("予算は四百万円です");
        assertThat(found(japanese, "猫は何匹ですか?")).startsWith("猫が三匹います");
        assertThat(found(japanese, "サーバーの場所は?")).startsWith("サーバーは大阪にあります");
        Story thai = tells("สมชาย", "งบประมาณของเราสี่หมื่นบาท", "ครับ", "ส่งตัวอย่างไปเชียงใหม่", "ได้ครับ");
        assertThat(found(thai, "งบประมาณเท่าไร")).startsWith("งบประมาณของเราสี่หมื่นบาท");
        Story korean = tells("지민", "우리 예산은 사천만 원입니다", "네.", "사무실은 부산에 있어요", "네, 알겠습니다.");
        assertThat(found(korean, "예산이 얼마였죠?")).startsWith("우리 예산은 사천만 원입니다");
    }

    @Test
    void tellsNothingWhenNothingBearsOnIt() {
        Story story = tells("Ada", "Our cat fell ill on Sunday", "I am sorry to hear that.");
        assertThat(found(story, "cryptographic hash functions")).isEmpty();
    }

    @Test
    void survivesWhateverIsAsked() {
        Story story = tells("Ada", "It's the O'Neill \\ \"quoted\" contract & more", "Noted.");
        for (String asked : List.of("'", "\\", "O'Neill", "a & b | !c <-> (d)", "🙂", "the", "?", "\u0001", "x".repeat(50_000), "wort ".repeat(5_000), "C:\\temp\\file.txt")) {
            assertThat(teller.search(story.contact(), asked, 5)).hasSizeLessThanOrEqualTo(5);
        }
        assertThat(found(story, "O'Neill contract")).isNotEmpty();
    }

    @Test
    void saysWhenItWasSaidAndWhy() {
        Story story = tells("Ada", "Our budget for pumps is 40,000", "Noted.", "We like blue", "So do we.");
        Found best = teller.search(story.contact(), "What is Ada's budget?", 3).getFirst();
        assertThat(best.at()).isEqualTo(MAY);
        assertThat(best.speaker()).isEqualTo("Ada");
        assertThat(best.message()).isEqualTo(story.messages().getFirst());
        assertThat(best.words()).containsExactly("budget");
        assertThat(best.tags()).contains("number");
        assertThat(best.wording()).isPositive();
    }

    /** Acceptance scene 5. */
    @Test
    void neverFindsWhatWasSaidToAnother() {
        List<String> words = List.of("budget", "price", "delivery", "boiler", "invoice", "sample", "Lisbon", "warranty", "discount", "Friday");
        var random = new Random(7);
        Set<Long> seen = new HashSet<>();
        List<Story> stories = new ArrayList<>();
        for (int contact = 0; contact < 20; contact++) {
            stories.add(tells("Guest", IntStream.range(0, 10).mapToObj(turn -> pick(words, random) + " and " + pick(words, random)).toArray(String[]::new)));
        }
        for (int search = 0; search < 1_000; search++) {
            Story story = stories.get(random.nextInt(stories.size()));
            List<Found> found = teller.search(story.contact(), pick(words, random) + " " + pick(words, random), 20);
            assertThat(found).extracting(Found::message).isSubsetOf(story.messages());
            found.forEach(turn -> seen.add(turn.message()));
        }
        assertThat(seen).as("the searches found something").hasSizeGreaterThan(100);
    }

    @Test
    void holdsTheSecondWallWhenTheFirstIsBroken() {
        Story one = tells("Ada", "The code of our gate is 4711", "Noted.");
        tells("Bob", "The code of our gate is 4712", "Noted.");
        Wall wall = town.bean(Wall.class);
        for (String table : List.of("recollection", "message", "talk", "conversation", "address", "speaker")) {
            assertThat(wall.ask(one.contact(), "select distinct contact_id from " + table, Map.of(), (row, number) -> row.getLong(1)))
                    .as(table).containsExactly(one.contact().id());
        }
        assertThat(wall.ask(one.contact(), "select id from contact", Map.of(), (row, number) -> row.getLong(1))).containsExactly(one.contact().id());
        var nobody = new Contact(-1, null, one.contact().zone());
        assertThat(wall.ask(nobody, "select message_id from recollection", Map.of(), (row, number) -> row.getLong(1))).isEmpty();
        assertThatThrownBy(() -> wall.ask(one.contact(), "select name from token", Map.of(), (row, number) -> row.getString(1)))
                .rootCause().hasMessageContaining("permission denied");
    }

    @Test
    void seesNothingBehindTheWallWithoutAContact() {
        tells("Ada", "Hello", "Hello.");
        var transaction = new TransactionTemplate(town.bean(org.springframework.transaction.PlatformTransactionManager.class));
        long seen = transaction.execute(status -> {
            town.sql().sql("set local role serai_recall").update();
            return town.sql().sql("select count(*) from recollection").query(Long.class).single();
        });
        assertThat(seen).isZero();
    }

    @Test
    void leavesTheConnectionAsItWas() {
        Story story = tells("Ada", "Hello there", "Hello.");
        for (int search = 0; search < 20; search++) {
            teller.search(story.contact(), "there", 5);
            assertThat(town.sql().sql("select current_user <> 'serai_recall' and coalesce(current_setting('serai.contact', true), '') = ''").query(Boolean.class).single()).isTrue();
        }
        var transaction = new TransactionTemplate(town.bean(org.springframework.transaction.PlatformTransactionManager.class));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> teller.search(story.contact(), "there", 5))).hasMessageContaining("transaction");
    }

    private static String pick(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private List<String> found(Story story, String question) {
        return teller.search(story.contact(), question, 10).stream().map(Found::text).toList();
    }

    /** They and we in turns, a minute apart. */
    private Story tells(String name, String... texts) {
        return teller.tells(name, IntStream.range(0, texts.length)
                .mapToObj(turn -> new Said(turn % 2 == 0 ? name : "Serai", turn % 2 == 1, MAY.plus(Duration.ofMinutes(turn)), texts[turn]))
                .toList());
    }
}
