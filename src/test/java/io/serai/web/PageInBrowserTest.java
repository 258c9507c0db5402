package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.proof.Port;
import io.serai.town.Town;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The page as somebody sees it who uses a browser; needs Debian's chromium and chromium-driver, which CI installs. */
@Tag("browser")
class PageInBrowserTest {

    private final Port port = new Port();
    private final Town town = Town.with(Map.of("server.port", port.number()));
    private final ChromeDriver browser = new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(new File("/usr/bin/chromedriver")).build(),
            new ChromeOptions().setBinary("/usr/bin/chromium").addArguments(
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync"));

    @AfterEach
    void leave() {
        browser.quit();
        town.close();
        port.close();
    }

    @Test
    void talksByKeyboardAndFindsTheTalkAgainAfterAReload() {
        town.model().says("We are open **from nine**.").drips(Duration.ofMillis(30));
        browser.get(town.url("/").toString());
        say("When are you open?");
        awaitTalk("When are you open?", "We are open from nine.");
        assertThat(browser.findElements(By.cssSelector("#log strong"))).extracting(WebElement::getText).containsExactly("from nine");

        browser.navigate().refresh();
        awaitTalk("When are you open?", "We are open from nine.");
        say("<img src=x onerror=alert(1)>");
        awaitTalk("When are you open?", "We are open from nine.", "<img src=x onerror=alert(1)>", "We are open from nine.");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).as("complaints of the browser").isEmpty();
    }

    @Test
    void goesOnByItselfWhenTheHubIsBack() {
        town.model().says("Still here.");
        browser.get(town.url("/").toString());
        say("Hello");
        awaitTalk("Hello", "Still here.");
        town.stop();
        say("Are you there?");
        town.start();
        awaitTalk("Hello", "Still here.", "Are you there?", "Still here.");
    }

    @Test
    void losesNothingThatWasWrittenInTwoTabsWhileTheHubWasAway() {
        town.model().says("Well.");
        browser.get(town.url("/").toString());
        say("Hello");
        awaitTalk("Hello", "Well.");
        browser.switchTo().newWindow(WindowType.TAB).get(town.url("/").toString());
        awaitTalk("Hello", "Well.");
        town.stop();
        say("Written in the second tab");
        List<String> tabs = List.copyOf(browser.getWindowHandles());
        browser.switchTo().window(tabs.getFirst());
        say("Written in the first tab");
        browser.switchTo().window(tabs.getLast()).close();
        browser.switchTo().window(tabs.getFirst());
        town.start();
        await().untilAsserted(() -> assertThat(String.join(" ", talk())).contains("Written in the first tab"));
        browser.navigate().refresh();
        await().untilAsserted(() -> assertThat(String.join(" ", talk())).contains("Written in the first tab", "Written in the second tab"));
        await().untilAsserted(() -> assertThat(town.sql().sql("select text from message where text like 'Written%' order by text").query(String.class).list())
                .containsExactly("Written in the first tab", "Written in the second tab"));
    }

    @Test
    void leadsToTheFileOfAllThatIsKept() {
        browser.get(town.url("/").toString());
        say("/export");
        WebElement link = await().until(() -> browser.findElements(By.cssSelector("#log a")), found -> !found.isEmpty()).getFirst();
        link.click();
        await().until(() -> browser.getWindowHandles().size() == 2);
        browser.switchTo().window(browser.getWindowHandles().stream().skip(1).findFirst().orElseThrow());
        await().untilAsserted(() -> assertThat(browser.findElement(By.id("code")).getDomProperty("value")).hasSize(35));
        assertThat(browser.getCurrentUrl()).as("the code stays in no history").endsWith("/export.html");
        assertThat(downloads()).as("looking uses up nothing").isZero();
        browser.findElement(By.tagName("button")).click();
        await().until(() -> downloads() == 1);

        browser.findElement(By.id("code")).clear();
        browser.findElement(By.id("code")).sendKeys("AAAAA", Keys.ENTER);
        await().untilAsserted(() -> assertThat(browser.findElement(By.id("not-found")).isDisplayed()).isTrue());
        assertThat(browser.findElement(By.id("too-many")).isDisplayed()).isFalse();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).as("complaints of the browser").isEmpty();
    }

    private int downloads() {
        return town.sql().sql("select downloads from export_code").query(Integer.class).single();
    }

    private void say(String text) {
        browser.findElement(By.id("text")).sendKeys(text, Keys.ENTER);
    }

    private void awaitTalk(String... texts) {
        await().untilAsserted(() -> assertThat(talk()).hasSameSizeAs(texts)
                .zipSatisfy(List.of(texts), (shown, text) -> assertThat(shown).contains(text)));
    }

    /** What was said, without the days it was said on. */
    private List<String> talk() {
        return browser.findElements(By.cssSelector("#log > li.message")).stream().map(WebElement::getText).toList();
    }
}
