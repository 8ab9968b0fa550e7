package io.a2al.sim.result;

/**
 * How topics, listeners and notes went. Immutable; thread-safe.
 *
 * @param discovers how often the members of a topic were looked for
 * @param membersExpected members that were to be found, over all of these
 * @param membersFound how many of them were
 * @param heardExpected members that listeners were to hear of, each once
 * @param heard how many of them they heard of
 * @param notes notes that the network confirmed to hold
 * @param notesRead how many of them the recipient found
 */
public record CrowdSummary(
        int discovers,
        long membersExpected,
        long membersFound,
        long heardExpected,
        long heard,
        int notes,
        int notesRead) {}
