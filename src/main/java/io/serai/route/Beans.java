package io.serai.route;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.AggregationStrategy;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * The beans that routes can call, by name, as far as their types go; nothing is made.
 *
 * @param types finds the class of a bean, or null
 * @param names those that may have been meant when a name is unknown
 */
record Beans(Function<String, Class<?>> types, Supplier<Collection<String>> names) {

    private static final String HOUSE = "io.serai";

    /** Those of a running hub. */
    static Beans of(ListableBeanFactory factory) {
        return new Beans(
                name -> factory.containsBean(name) ? Optional.ofNullable(factory.getType(name, false)).<Class<?>>map(ClassUtils::getUserClass)
                        .orElse(Object.class) : null,
                () -> Arrays.stream(factory.getBeanDefinitionNames())
                        .filter(name -> !name.contains(".") && isOurs(factory.getType(name, false)))
                        .toList());
    }

    /** Those that a hub would have, without one. */
    static Beans scanned() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Component.class));
        Map<String, Class<?>> found = new HashMap<>();
        scanner.findCandidateComponents(HOUSE).forEach(candidate -> {
            Class<?> type = ClassUtils.resolveClassName(candidate.getBeanClassName(), Beans.class.getClassLoader());
            Component named = type.getAnnotation(Component.class);
            if (named != null && !named.value().isEmpty()) {
                found.put(named.value(), type);
            } else {
                found.put(java.beans.Introspector.decapitalize(type.getSimpleName()), type);
            }
        });
        return new Beans(found::get, found::keySet);
    }

    boolean has(String name) {
        return types.apply(name) != null;
    }

    /** What a stage takes and makes: the one method that has the name of the bean. */
    Optional<Method> stage(String name) {
        Class<?> type = types.apply(name);
        return type == null ? Optional.empty() : methods(type).stream().filter(method -> method.getName().equals(name)).findFirst();
    }

    /** Whether routes may call it. What Spring and its libraries put beside the stages ({@code environment}, {@code dataSource}) knows every secret of the hub. */
    boolean isStage(String name) {
        return stage(name).isPresent();
    }

    /** Whether it puts messages together as Camel has it. */
    boolean isStrategy(String name) {
        Class<?> type = types.apply(name);
        return type != null && AggregationStrategy.class.isAssignableFrom(type);
    }

    List<Method> methods(String name) {
        return methods(types.apply(name));
    }

    private static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class && !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                .toList();
    }

    /** Package-private classes have their public methods too. */
    private static boolean isOurs(Class<?> type) {
        return type != null && type.getName().startsWith(HOUSE);
    }
}
