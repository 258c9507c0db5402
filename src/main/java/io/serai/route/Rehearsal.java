package io.serai.route;

import io.serai.memory.LayerRehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.spi.BeanRepository;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Judges a set of files before it goes live: every fault at once. First by rules that know where everything stands; when these find nothing, by
 * building all of it without running it.
 *
 * <p>The same judge serves a running hub, the command line and the build of this repository.
 */
final class Rehearsal {

    private final Beans beans;
    private final Memory memory;
    private final Calls calls;
    private final Limits limits;
    private final Expressions expressions = new Expressions();
    private final Scratch scratch;
    private final Supplier<Dsl> dsl;

    /** @param database null when there is none: then nobody can say whether layers can be asked */
    Rehearsal(Beans beans, BeanRepository objects, ConfigurableEnvironment environment, RouteSettings settings, DataSource database) {
        this.beans = beans;
        this.memory = new Memory(new LayerRehearsal(database, name -> environment.containsProperty("serai.databases." + name + ".url")));
        Placeholders placeholders = new Placeholders(settings, environment);
        this.limits = new Limits(settings, placeholders);
        this.calls = new Calls(new Components(), new Stages(beans), objects, new Crons(environment, placeholders::mayRead));
        this.scratch = new Scratch(objects, environment, settings);
        this.dsl = once(Dsl::new);
    }

    /** What was found, in the order of the files. */
    record Verdict(FileSet files, Draft draft, List<Fault> all) {

        List<Fault> faults() {
            return all.stream().filter(fault -> !fault.warning()).toList();
        }

        List<Fault> warnings() {
            return all.stream().filter(Fault::warning).toList();
        }
    }

    /** How closely to look. */
    enum Depth {
        /** Whether what is called is there, and allowed. */
        GLANCE,
        /** Everything that needs no building. */
        RULES,
        /** Everything. */
        BUILD
    }

    /** @param live what runs already: its layers and prompts need not be looked at again */
    Verdict rehearse(FileSet files, FileSet live, Depth depth) {
        var found = new TreeSet<>(files.unreadable());
        Draft draft = Draft.of(files, found::add);
        Names.judge(draft, found::add);
        ToolFiles.judge(draft, found::add);
        limits.judge(draft, found::add);
        calls.judge(draft, live, found::add);
        memory.judge(files, live, found::add);
        Spine.judge(draft, List.copyOf(found), found::add);
        if (depth != Depth.GLANCE) {
            dsl.get().judge(draft, found::add);
            expressions.judge(draft, found::add);
            Shapes.judge(draft, beans, found::add);
        }
        if (depth == Depth.BUILD && found.stream().allMatch(Fault::warning)) {
            scratch.judge(draft, found::add);
        }
        return new Verdict(files, draft, new ArrayList<>(found));
    }

    private static <T> Supplier<T> once(Supplier<T> maker) {
        var made = new java.util.concurrent.atomic.AtomicReference<T>();
        return () -> {
            synchronized (made) {
                if (made.get() == null) {
                    made.set(maker.get());
                }
                return made.get();
            }
        };
    }
}
