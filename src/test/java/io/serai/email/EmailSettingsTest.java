package io.serai.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.EmailSettings.Tls;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** How a mailbox is turned on, with the application.yaml that we ship. */
class EmailSettingsTest {

    @Test
    void isOffWithoutAnythingAndKnowsWhatIsMissing() throws IOException {
        assertThat(settings(Map.of()).email().get("main").missing()).containsExactly("address", "smtp.host");
        assertThat(settings(Map.of()).email().get("main").isMeant()).isFalse();
    }

    @Test
    void onlySendsWithoutAServerToReadFrom() throws IOException {
        Mailbox main = settings(Map.of("EMAIL_ADDRESS", "hub@hub.example", "EMAIL_SMTP_HOST", "mailpit", "EMAIL_SMTP_PORT", "1025",
                "EMAIL_SMTP_TLS", "none")).email().get("main");
        assertThat(main.missing()).isEmpty();
        assertThat(main.isRead()).isFalse();
    }

    @Test
    void isOnWithFourVariables() throws IOException {
        Mailbox main = settings(Map.of("EMAIL_ADDRESS", "support@hub.example", "EMAIL_PASSWORD", "secret", "EMAIL_IMAP_HOST", "imap.hub.example",
                "EMAIL_SMTP_HOST", "smtp.hub.example")).email().get("main");
        assertThat(main.missing()).isEmpty();
        assertThat(main.user()).isEqualTo("support@hub.example");
        assertThat(List.of(main.imap().port(143, 993), main.smtp().port(25, 465))).containsExactly(993, 465);
        assertThat(main.toString()).doesNotContain("secret");
    }

    @Test
    void takesSeveralMailboxesFromTheEnvironment() throws IOException {
        EmailSettings settings = settings(Map.of("SERAI_EMAIL_SALES_ADDRESS", "sales@hub.example", "SERAI_EMAIL_SALES_IMAP_HOST", "127.0.0.1",
                "SERAI_EMAIL_SALES_IMAP_TLS", "starttls", "SERAI_EMAIL_SALES_SMTP_HOST", "127.0.0.1", "SERAI_EMAIL_SALES_SMTP_PORT", "2525"));
        Mailbox sales = settings.email().get("sales");
        assertThat(sales.missing()).isEmpty();
        assertThat(sales.imap().tls()).isEqualTo(Tls.STARTTLS);
        assertThat(List.of(sales.imap().port(143, 993), sales.smtp().port(25, 465))).containsExactly(143, 2525);
    }

    private static EmailSettings settings(Map<String, Object> environment) throws IOException {
        var known = new StandardEnvironment();
        known.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        known.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        new YamlPropertySourceLoader().load("application", new FileSystemResource("application.yaml")).forEach(known.getPropertySources()::addLast);
        return Binder.get(known).bind("serai", EmailSettings.class).get();
    }
}
