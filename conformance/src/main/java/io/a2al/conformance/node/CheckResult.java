package io.a2al.conformance.node;

/**
 * The result of one check. Immutable.
 *
 * @param group name of the group of checks
 * @param check name of the check, a few words
 * @param expected behaviour of a conforming node
 * @param seen observed behaviour, with the number of the known defect if the verdict is {@link Verdict#DIFFERS}
 */
public record CheckResult(String group, String check, String expected, String seen, Verdict verdict) {}
