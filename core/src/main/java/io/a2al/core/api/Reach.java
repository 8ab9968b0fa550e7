package io.a2al.core.api;

/**
 * How many peers answered us lately (node.md section 9.2). Immutable; thread-safe.
 *
 * @param lastHour distinct peers within the last hour
 * @param lastDay within the last 24 hours
 * @param lastWeek within the last 7 days, those remembered from before the start included
 * @param sinceStart since the start
 */
public record Reach(int lastHour, int lastDay, int lastWeek, long sinceStart) {}
