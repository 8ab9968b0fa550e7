package io.a2al.conformance.vectors;

/**
 * The outcome of one case. Immutable, with value equality; thread-safe.
 *
 * @param name name of the case, unique within its file
 */
public record CaseResult(String name, Outcome outcome) {}
