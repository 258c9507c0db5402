package io.serai.route;

import io.serai.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.StringUtils;
import org.springframework.web.util.HtmlUtils;

/**
 * {@code check [folder] [--junit=file.xml]}: judges a folder as a hub would, without one. With SERAI_DB_URL, _USER and _PASSWORD the queries of
 * layers are planned by that database too.
 */
public final class CheckCommand {

    /** Nothing but the settings. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RouteSettings.class)
    static class Settings {}

    private CheckCommand() {}

    /** @return the code to exit with: 0 when there is no fault, 1 when there is one, 2 when there is nothing to check */
    public static int run(String[] arguments) {
        List<String> options = Arrays.stream(arguments).filter(argument -> argument.startsWith("--")).toList();
        String folder = Arrays.stream(arguments).filter(argument -> !argument.startsWith("--")).findFirst().orElse(".");
        if (!Files.isDirectory(Path.of(folder))) {
            System.err.println("there is no folder " + folder);
            return 2;
        }
        var settings = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=error")
                .run(options.toArray(String[]::new));
        try (settings) {
            long begun = System.nanoTime();
            Rehearsal.Verdict verdict =
                    new Check(settings.getEnvironment(), settings.getBean(RouteSettings.class), database(settings.getEnvironment()))
                            .check(new Home(folder));
            print(verdict, (System.nanoTime() - begun) / 1_000_000, System.out);
            options.stream().filter(option -> option.startsWith("--junit=")).findFirst()
                    .ifPresent(option -> report(verdict, Path.of(option.substring("--junit=".length()))));
            return verdict.faults().isEmpty() ? 0 : 1;
        }
    }

    private static DriverManagerDataSource database(ConfigurableEnvironment environment) {
        String url = environment.getProperty("serai.db.url");
        return StringUtils.hasText(url) ? new DriverManagerDataSource(url, environment.getProperty("serai.db.user", ""),
                environment.getProperty("serai.db.password", "")) : null;
    }

    private static void print(Rehearsal.Verdict verdict, long millis, PrintStream out) {
        verdict.all().forEach(out::println);
        out.printf("%d files, %d faults, %d matters of style, %d ms%n", 
                verdict.files().texts().size(), verdict.faults().size(), verdict.warnings().size(), millis);
    }

    /** As JUnit writes it: a test case for each file. */
    static void report(Rehearsal.Verdict verdict, Path file) {
        Map<String, List<Fault>> faults = verdict.faults().stream().collect(Collectors.groupingBy(Fault::file, TreeMap::new, Collectors.toList()));
        verdict.files().texts().keySet().forEach(each -> faults.computeIfAbsent(each, none -> List.of()));
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"routes\" tests=\"%d\" failures=\"%d\">\n".formatted(
                faults.size(), faults.values().stream().filter(each -> !each.isEmpty()).count()));
        faults.forEach((name, each) -> {
            xml.append("  <testcase classname=\"routes\" name=\"").append(HtmlUtils.htmlEscapeDecimal(name)).append("\">");
            if (!each.isEmpty()) {
                String told = each.stream().map(Fault::toString).collect(Collectors.joining("\n"));
                xml.append("<failure message=\"").append(HtmlUtils.htmlEscapeDecimal(each.getFirst().what())).append("\">")
                        .append(HtmlUtils.htmlEscapeDecimal(told)).append("</failure>");
            }
            xml.append("</testcase>\n");
        });
        try {
            Files.writeString(file, xml.append("</testsuite>\n"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
