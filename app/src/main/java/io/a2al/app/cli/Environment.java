package io.a2al.app.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The environment variables that commands read: those of the process, or others in a test. */
public final class Environment {

    private static final ScopedValue<Map<String, String>> GIVEN = ScopedValue.newInstance();

    private Environment() {}

    /** Returns all variables. */
    public static Map<String, String> variables() {
        return GIVEN.isBound() ? GIVEN.get() : System.getenv();
    }

    /** Returns the value of a variable; an empty one is as good as none. */
    public static Optional<String> variable(String name) {
        return Optional.ofNullable(variables().get(name)).filter(value -> !value.isEmpty());
    }

    /** Does something in another environment; threads that it starts are in that of the process. */
    public static <T> T with(Map<String, String> variables, Callable<T> work) throws Exception {
        return ScopedValue.where(GIVEN, Map.copyOf(variables)).call(work::call);
    }
}
