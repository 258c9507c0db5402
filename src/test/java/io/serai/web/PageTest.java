package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.Town;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Town.SHARED)
class PageTest {

    private final Town town = Town.shared();
    private final Tab tab = Tab.ofAStranger(town);

    @Test
    void isServedToEverybodyUnderAStrictPolicy() {
        var page = tab.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
                assertThat(policy).contains("default-src 'none'", "script-src 'self'", "style-src 'self'").doesNotContain("unsafe", "http:", "https:"));
        Pattern.compile("(?:src|href)=\"([a-z.]+)\"").matcher(page.body()).results().map(found -> found.group(1)).distinct()
                .forEach(file -> assertThat(tab.get("/" + file).statusCode()).as(file).isEqualTo(200));
    }

    @Test
    void holdsNothingThatThePolicyForbids() {
        String page = tab.get("/").body();
        assertThat(page).doesNotContain("<style", " style=", "javascript:", "http:").doesNotContainPattern("<script(?! src=\"[a-z.]+\" type=\"module\"></script>)")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void saysWhoseItIs() {
        var about = Tab.read(tab.get("/api/chat/about").body());
        assertThat(about.get("title").asText()).isEqualTo("Serai");
        assertThat(about.get("greeting").asText()).isNotBlank();
        assertThat(about.get("maxLength").asInt()).isEqualTo(16_000);
        assertThat(about.has("notice")).isFalse();
    }
}
