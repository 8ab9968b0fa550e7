package io.a2al.conformance.node;

/**
 * What came of one check. Immutable.
 *
 * @param group what the check belongs to
 * @param check what is checked, in a few words
 * @param expected what a good node does
 * @param seen what this one did; with the number of the known defect if it differs
 */
public record CheckResult(String group, String check, String expected, String seen, Verdict verdict) {}
