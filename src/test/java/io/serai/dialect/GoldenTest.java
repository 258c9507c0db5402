package io.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each construct becomes on each channel; {@code ⏎} is a line feed. */
class GoldenTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '\u0001', textBlock = """
            **a** *b* ~~c~~ `d`     ¦ <b>a</b> <i>b</i> <s>c</s> <code>d</code>
            ***both***              ¦ <i><b>both</b></i>
            a < b & c > d "e"       ¦ a &lt; b &amp; c &gt; d &quot;e&quot;
            `<x>&amp;`              ¦ <code>&lt;x&gt;&amp;amp;</code>
            # One                   ¦ <b><u>One</u></b>
            ### Three *x*           ¦ <b>Three <i>x</i></b>
            ||hidden||              ¦ <tg-spoiler>hidden</tg-spoiler>
            a||b||c                 ¦ a||b||c
            [a](https://x.example/?a=1&b="2") ¦ <a href="https://x.example/?a=1&amp;b=&quot;2&quot;">a</a>
            [a](javascript:x)       ¦ a
            [a](tg://user?id=1)     ¦ a
            ![a](https://x.example) ¦ <a href="https://x.example">a</a>
            <https://x.example>     ¦ <a href="https://x.example">https://x.example</a>
            <me@x.example>          ¦ me@x.example
            [Call *us*](tel:+4930123) ¦ Call <i>us</i> (+4930123)
            [Write](mailto:a&b@x.example) ¦ Write (a&amp;b@x.example)
            [here](http://localhost:8080/a.b) ¦ here (http://localhost:8080/a.b)
            [here](https://a.b@box/) ¦ here (https://a.b@box/)
            [here](HTTPS://u@X.example:8443?a) ¦ <a href="HTTPS://u@X.example:8443?a">here</a>
            > a⏎> > b               ¦ <blockquote>a⏎⏎b</blockquote>
            - a⏎- b⏎  - c           ¦ • a⏎• b⏎  • c
            3. a⏎4. b               ¦ 3. a⏎4. b
            - [ ] a⏎- [x] b         ¦ ☐ a⏎☑ b
            ```java⏎a<b⏎```         ¦ <pre><code class="language-java">a&lt;b</code></pre>
            ```x" onclick="⏎a⏎```   ¦ <pre><code class="language-x">a</code></pre>
            ```⏎a⏎```               ¦ <pre>a</pre>
            1. a⏎   ```⏎   b⏎     c⏎   ```⏎   d ¦ 1. a⏎<pre>b⏎  c</pre>⏎   d
            - a⏎  - ```⏎    b⏎    c⏎    ``` ¦ • a⏎  • <pre>b⏎c</pre>
            |a|b|⏎|-|-:|⏎|long|1|   ¦ <pre>a    | b⏎-----+--⏎long | 1</pre>
            <b onclick=x>a</b>      ¦ &lt;b onclick=x&gt;a&lt;/b&gt;
            a<br>b                  ¦ a⏎b
            """)
    void telegram(String markdown, String html) {
        says("telegram", markdown, html);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '\u0001', textBlock = """
            **a** *b* ~~c~~ `d`     ¦ *a* _b_ ~c~ `d`
            a**b**c                 ¦ a\u200B*b*\u200Bc
            **a⏎b**                 ¦ *a*⏎*b*
            # A **b**               ¦ *A b*
            <!channel> & <@U1>      ¦ &lt;!channel&gt; &amp; &lt;@U1&gt;
            [a](https://x.example/?a=1&b=2|c) ¦ <https://x.example/?a=1&amp;b=2%7Cc|a>
            > a⏎>⏎> b               ¦ > a⏎> ⏎> b
            - a⏎- b                 ¦ • a⏎• b
            ```js⏎a⏎```             ¦ ```⏎a⏎```
            - a⏎  ```⏎  b⏎  c⏎  ``` ¦ • a⏎```⏎b⏎c⏎```
            `` a`b ``               ¦ a`b
            [a](slack://x)          ¦ a
            """)
    void slack(String markdown, String mrkdwn) {
        says("slack", markdown, mrkdwn);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '\u0001', textBlock = """
            **a** *b* ~~c~~ `d` ||e|| ¦ a b ~c~ d e
            [a](https://x.example)  ¦ a (https://x.example)
            <https://x.example>     ¦ https://x.example
            <me@x.example>          ¦ me@x.example
            > a⏎> > b               ¦ > a⏎> ⏎> > b
            - [x] a                 ¦ [x] a
            |茶|b|⏎|-|-|⏎|a|c|      ¦ 茶 | b⏎---+--⏎a  | c
            """)
    void plain(String markdown, String text) {
        says("plain", markdown, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '\u0001', textBlock = """
            “It’s – fine…”          ¦ "It's - fine..."
            |a|b|⏎|-|-|⏎|c|d|       ¦ a, b⏎c, d
            - a                     ¦ - a
            """)
    void sms(String markdown, String text) {
        says("sms", markdown, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '\u0001', textBlock = """
            a **b**                 ¦ <p style="margin:0 0 1em">a <strong>b</strong></p>⏎
            [a](data:text/html,x)   ¦ <p style="margin:0 0 1em">a</p>⏎
            <script>x</script>      ¦ <p style="margin:0 0 1em">&lt;script&gt;x&lt;/script&gt;</p>⏎
            """)
    void email(String markdown, String html) {
        says("email", markdown, html);
    }

    @ParameterizedTest
    @CsvSource({"160, a, 1", "161, a, 2", "306, a, 2", "307, a, 3", "80, €, 1", "81, €, 2", "153, €, 3", "70, ж, 1", "71, ж, 2", "134, ж, 2", "35, 😀, 1", "36, 😀, 2", "67, 😀, 3"})
    void countsSegments(int times, String sign, int segments) {
        assertThat(Dialects.of("sms").size(sign.repeat(times))).isEqualTo(segments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"telegram", "slack", "plain", "email"})
    void truncatesWithANotice(String name) {
        Dialect dialect = Dialects.of(name);
        String cut = dialect.truncated("This is said. ".repeat(200), 600, "*The rest is attached.*");
        assertThat(dialect.size(cut)).isLessThanOrEqualTo(600);
        assertThat(cut).startsWith("This is said.").endsWith("*The rest is attached.*");
        assertThat(dialect.truncated("Short.", 600, "*x*")).isEqualTo("Short.");
    }

    private static void says(String name, String markdown, String expected) {
        assertThat(Dialects.of(name).render(markdown.replace('⏎', '\n'))).isEqualTo(expected.replace('⏎', '\n'));
    }
}
