package io.a2al.conformance.vectors;

/**
 * A case and what came of it. Immutable, with value equality; thread-safe.
 *
 * @param name unique within its file
 */
public record CaseResult(String name, Outcome outcome) {}
