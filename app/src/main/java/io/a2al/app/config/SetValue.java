package io.a2al.app.config;

/**
 * The value of an option that is not on the command line, with where it comes from.
 *
 * @param text the value as an option takes it
 * @param origin the variable, or the file with the key
 */
public record SetValue(String text, String origin) {

    private static final String VARIABLE = "$";

    /** Returns the value of an environment variable. */
    static SetValue ofVariable(String name, String text) {
        return new SetValue(text, VARIABLE + name);
    }

    /** Returns whether it is from the environment, which goes before the file. */
    boolean isVariable() {
        return origin.startsWith(VARIABLE);
    }
}
