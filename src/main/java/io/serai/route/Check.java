package io.serai.route;

import io.serai.Home;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.spi.BeanRepository;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.objenesis.ObjenesisStd;

/** Judges the files of a folder without a hub: its beans are known by their classes alone. */
final class Check {

    private final Rehearsal rehearsal;

    /** @param database null when there is none */
    Check(ConfigurableEnvironment environment, RouteSettings settings, DataSource database) {
        Beans beans = Beans.scanned();
        this.rehearsal = new Rehearsal(beans, new Dummies(beans), environment, settings, database);
    }

    Rehearsal.Verdict check(Home home) {
        return check(new Folder(home).read());
    }

    Rehearsal.Verdict check(FileSet files) {
        return rehearsal.rehearse(files, FileSet.EMPTY, Rehearsal.Depth.BUILD);
    }

    /** Objects that were never constructed: enough to find their methods. */
    private static final class Dummies implements BeanRepository {

        private final Beans beans;
        private final Map<String, Object> made = new HashMap<>();

        Dummies(Beans beans) {
            this.beans = beans;
        }

        @Override
        public Object lookupByName(String name) {
            Class<?> type = beans.types().apply(name);
            return type == null || name.equals("work") ? null : made.computeIfAbsent(name, none -> new ObjenesisStd().newInstance(type));
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
