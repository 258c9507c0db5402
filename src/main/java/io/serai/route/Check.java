package io.serai.route;

import dev.langchain4j.model.chat.ChatModel;
import io.serai.Home;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.spi.BeanRepository;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.objenesis.ObjenesisStd;

/** Judges the files of a folder without a hub: its beans are known by their classes alone. */
final class Check {

    private final Rehearsal rehearsal;

    /** @param database null when there is none */
    Check(ConfigurableEnvironment environment, RouteSettings settings, DataSource database) {
        Beans beans = Beans.scanned();
        this.rehearsal = new Rehearsal(beans, new Dummies(beans, environment), environment, settings, database);
    }

    Rehearsal.Verdict check(Home home) {
        return check(new Folder(home).read());
    }

    Rehearsal.Verdict check(FileSet files) {
        return rehearsal.rehearse(files, FileSet.EMPTY, Rehearsal.Depth.BUILD);
    }

    /** Objects that were never constructed: enough to find their methods. */
    private static final class Dummies implements BeanRepository {

        /** The models that are there without a setting. */
        private static final Set<String> ROLES = Set.of("main", "small");

        private static final ChatModel MODEL = new ChatModel() {};

        private final Beans beans;
        private final PropertyResolver settings;
        private final Map<String, Object> made = new HashMap<>();

        Dummies(Beans beans, PropertyResolver settings) {
            this.beans = beans;
            this.settings = settings;
        }

        @Override
        public Object lookupByName(String name) {
            if (isModel(name)) {
                return MODEL;
            }
            Class<?> type = beans.types().apply(name);
            return type == null || name.equals("work") ? null : made.computeIfAbsent(name, none -> new ObjenesisStd().newInstance(type));
        }

        private boolean isModel(String name) {
            return ROLES.contains(name) || Stream.of("name", "provider", "base-url").anyMatch(key -> settings.containsProperty("serai.models." + name + "." + key));
        }

        @Override
        public <T> T lookupByNameAndType(String name, Class<T> type) {
            Object found = lookupByName(name);
            return type.isInstance(found) ? type.cast(found) : null;
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            return Map.of();
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Set.of();
        }
    }
}
