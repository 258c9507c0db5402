package io.serai.town;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What was printed while a scene runs that has one of these as a parameter, by the scene and by whatever else runs. Spring's OutputCaptureExtension puts
 * back, when a scene ends, the stream that was there when it began, and takes from a scene of another class that began later all that comes after.
 * As a parameter of a {@code @BeforeAll} method it holds what is printed from then on, for every scene of the class.
 */
public final class Printed implements CharSequence, ExtensionContext.Store.CloseableResource {

    /** Finds one for each scene that asks, and closes it when the scene is over. */
    public static final class ForScenes implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext scene) {
            return parameter.getParameter().getType() == Printed.class;
        }

        @Override
        public Printed resolveParameter(ParameterContext parameter, ExtensionContext scene) {
            return scene.getStore(Namespace.create(Printed.class)).getOrComputeIfAbsent(Printed.class, first -> new Printed(), Printed.class);
        }
    }

    private static final Set<Printed> OPEN = ConcurrentHashMap.newKeySet();

    static {
        System.setOut(overheard(System.out));
        System.setErr(overheard(System.err));
    }

    private final ByteArrayOutputStream letters = new ByteArrayOutputStream();

    private Printed() {
        OPEN.add(this);
    }

    @Override
    public int length() {
        return toString().length();
    }

    @Override
    public char charAt(int place) {
        return toString().charAt(place);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        return letters.toString(System.out.charset());
    }

    @Override
    public void close() {
        OPEN.remove(this);
    }

    private static PrintStream overheard(PrintStream screen) {
        return new PrintStream(new OutputStream() {

            @Override
            public void write(int letter) {
                write(new byte[] {(byte) letter}, 0, 1);
            }

            @Override
            public void write(byte[] letters, int from, int length) {
                screen.write(letters, from, length);
                OPEN.forEach(each -> each.letters.write(letters, from, length));
            }
        }, true, screen.charset());
    }
}
