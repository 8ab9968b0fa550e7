package io.a2al.app.config;

/**
 * The value of an option that is not on the command line, with where it comes from.
 *
 * @param text the value as an option takes it
 * @param origin the variable, or the file with the key
 */
public record SetValue(String text, String origin) {}
