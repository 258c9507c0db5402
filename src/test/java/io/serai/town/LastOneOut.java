package io.serai.town;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Closes what classes of scenes share once the last class of the run is over that locks it: a hub that nobody needs any more goes on looking for work,
 * for mail and for edits, which in the end costs more than it saved to share it.
 */
public final class LastOneOut implements TestExecutionListener {

    private static final Map<String, Runnable> OPEN = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> guests = new ConcurrentHashMap<>();

    /** @param lock what every class names in a {@link ResourceLock} that uses it */
    public static void closes(String lock, Runnable close) {
        OPEN.put(lock, close);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream()).forEach(each -> locks(each)
                .forEach(lock -> guests.computeIfAbsent(lock, fresh -> ConcurrentHashMap.newKeySet()).add(each.getUniqueId())));
    }

    @Override
    public void executionFinished(TestIdentifier each, TestExecutionResult result) {
        locks(each).forEach(lock -> leaves(each, lock));
    }

    @Override
    public void executionSkipped(TestIdentifier each, String reason) {
        locks(each).forEach(lock -> leaves(each, lock));
    }

    private void leaves(TestIdentifier each, String lock) {
        Set<String> still = guests.get(lock);
        if (still.remove(each.getUniqueId()) && still.isEmpty()) {
            Runnable close = OPEN.remove(lock);
            if (close != null) {
                close.run();
            }
        }
    }

    /** What a class or one of its scenes locks; nothing where it is no class. */
    private static Set<String> locks(TestIdentifier each) {
        Set<String> locks = new HashSet<>();
        if (each.getSource().orElse(null) instanceof ClassSource source) {
            Class<?> scenes = source.getJavaClass();
            Stream<ResourceLock> all = Stream.concat(Stream.of(scenes), Arrays.<Method>stream(scenes.getDeclaredMethods()))
                    .flatMap(place -> AnnotationSupport.findRepeatableAnnotations(place, ResourceLock.class).stream());
            all.forEach(lock -> locks.add(lock.value()));
        }
        return locks;
    }
}
