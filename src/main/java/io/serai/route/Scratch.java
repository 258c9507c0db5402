package io.serai.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.core.env.PropertyResolver;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Builds a set of files in a Camel context that is never started, to find what no rule has foreseen. It shares the beans of the hub and nothing else:
 * it has a Quartz scheduler of its own that never runs, and none of the components that the hub has configured.
 */
final class Scratch {

    private final BeanRepository beans;
    private final PropertyResolver settings;
    private final RouteSettings allowed;

    Scratch(BeanRepository beans, PropertyResolver settings, RouteSettings allowed) {
        this.beans = beans;
        this.settings = settings;
        this.allowed = allowed;
    }

    void judge(Draft draft, Consumer<Fault> told) {
        UnaryOperator<String> discreet = Discreet.of(draft, settings);
        Consumer<Fault> faults = fault -> told.accept(new Fault(fault.file(), fault.line(), fault.column(), fault.warning(),
                discreet.apply(fault.what()), fault.hint()));
        try (var context = context()) {
            boolean read = draft.files().texts().entrySet().stream()
                    .filter(file -> !file.getKey().startsWith("memory/"))
                    .map(file -> load(context, file.getKey(), file.getValue(), faults))
                    .reduce(true, Boolean::logicalAnd);
            if (read) {
                build(context, draft, faults);
            }
        } catch (Exception unclosed) {
            throw new IllegalStateException(unclosed);
        }
    }

    private DefaultCamelContext context() {
        var context = new DefaultCamelContext(new DefaultRegistry(beans));
        if (context.getRegistry().findByType(DataSource.class).isEmpty()) {
            context.getRegistry().bind("dataSource", new DriverManagerDataSource()); // the check of a folder: nothing is connected to
        }
        context.setAutowiredEnabled(false);
        Resources.limit(context, allowed);
        context.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "settings";
            }

            @Override
            public String getProperty(String name) {
                return settings.getProperty(name);
            }
        });
        var quartz = new QuartzComponent();
        quartz.setProperties(Map.of(
                "org.quartz.scheduler.instanceName", "rehearsal",
                "org.quartz.threadPool.threadCount", "1",
                "org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
                "org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore"));
        quartz.setAutoStartScheduler(false);
        context.addComponent("quartz", quartz);
        context.addComponent("work", new StubComponent());
        return context;
    }

    private static boolean load(CamelContext context, String file, String text, Consumer<Fault> faults) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(List.of(ResourceHelper.fromString(file, text)));
            return true;
        } catch (Exception unusable) {
            faults.accept(Fault.at(file, line(unusable), reason(unusable), null));
            return false;
        }
    }

    private static void build(DefaultCamelContext context, Draft draft, Consumer<Fault> faults) {
        try {
            context.init();
            Customs.leaks(context, context.getRouteDefinitions()).forEach(leak -> faults.accept(fault(draft, leak)));
        } catch (Exception unusable) {
            String id = routeId(unusable);
            Optional<Draft.Route> route = draft.routes().stream().filter(each -> each.id().equals(id)).findFirst();
            Optional<Draft.Kamelet> kamelet = draft.kamelets().values().stream().filter(each -> id.startsWith(each.name() + "-")).findFirst();
            Item place = route.map(Draft.Route::item).or(() -> kamelet.map(Draft.Kamelet::item)).orElseGet(() -> Item.nothing("routes"));
            faults.accept(Fault.at(place, "cannot be built: " + reason(unusable), null));
        }
    }

    private static Fault fault(Draft draft, Customs.Leak leak) {
        return draft.routes().stream()
                .filter(route -> route.id().equals(leak.door().getRouteId()))
                .findFirst()
                .map(route -> Fault.at(route.item().file(), leak.line(), leak.what(), null))
                .orElseThrow();
    }

    private static String routeId(Throwable thrown) {
        String id = "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException failed) {
                id = failed.getRouteId();
            } else if (cause instanceof FailedToStartRouteException failed) {
                id = failed.getRouteId();
            }
        }
        return id == null ? "" : id;
    }

    /** Camel's YAML tells the line in its text: {@code in routes/answer.yaml, line 7, column 9}. */
    private static int line(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            var found = java.util.regex.Pattern.compile("line (\\d+)").matcher(String.valueOf(cause.getMessage()));
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        return 1;
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.getClass().getSimpleName());
    }
}
