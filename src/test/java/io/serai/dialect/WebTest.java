package io.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebTest {

    private final Dialect web = Dialects.of("web");

    @Test
    void rendersWhatModelsWrite() {
        assertThat(web.render("""
                **Yes**, ~~no~~:

                - [x] done
                - [ ] open

                | a | b |
                |---|--:|
                | 1 | 2 |

                ```java
                if (a < b) {}
                ```
                """))
                .contains("<strong>Yes</strong>", "<del>no</del>", "checked=\"\"", "<td align=\"right\">2</td>", "<code class=\"language-java\">if (a &lt; b) {}");
    }

    @Test
    void keepsTheLinesOfAnAddress() {
        assertThat(web.render("Serai\nCaravan Road 1")).isEqualTo("<p>Serai<br>\nCaravan Road 1</p>\n");
    }

    @Test
    void opensLinksElsewhereAndTellsThemNothing() {
        assertThat(web.render("[shop](https://shop.example/?a=1&b=2)"))
                .isEqualTo("<p><a rel=\"noopener nofollow\" href=\"https://shop.example/?a=1&amp;b=2\" target=\"_blank\">shop</a></p>\n");
    }

    @Test
    void neverRunsWhatAModelWasTalkedInto() {
        String html = web.render("""
                <script>alert(1)</script>

                <img src=x onerror=alert(1)> and <b onclick=alert(1)>bold</b>

                [a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x) <javascript:alert(1)>

                ```"><script>alert(1)</script>
                x
                ```
                """);
        assertThat(html).doesNotContain("<script", "<img", "<b ").doesNotContainIgnoringCase("href=\"javascript", "href=\"data", "href=\"vbscript");
    }

    @Test
    void fetchesNothingThatNobodyAskedFor() {
        String html = web.render("![our *secret*](https://elsewhere.example/pixel?q=40000 \"look\")");
        assertThat(html).doesNotContain("<img").contains("<a ", "href=\"https://elsewhere.example/pixel?q=40000\"", "our <em>secret</em></a>");
    }

    @Test
    void bearsNonsenseOfAnyDepth() {
        for (String deep : new String[] {">".repeat(20_000), "[".repeat(20_000), "*a ".repeat(10_000), "- ".repeat(10_000), "![".repeat(10_000) + "](x)".repeat(10_000), ">".repeat(200) + "\n".repeat(100_000) + "x"}) {
            assertThat(web.render(deep)).isNotEmpty();
        }
    }
}
