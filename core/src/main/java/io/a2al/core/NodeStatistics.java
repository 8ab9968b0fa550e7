package io.a2al.core;

/**
 * Numbers about a node, as of one moment. Immutable; thread-safe.
 *
 * @param contacts contacts in the routing table
 * @param keys DHT keys held in the store
 * @param records records held in the store
 * @param pendingRequests our requests under way
 * @param runningLookups lookups under way
 * @param publications records kept published
 * @param requestsReceived verified requests since the start
 * @param responsesReceived verified responses since the start
 * @param messagesSent messages since the start, repetitions included
 * @param requestsAnswered our requests that were answered
 * @param requestsTimedOut our requests that were given up
 * @param estimatedNetworkSize from the density of the table; 0 if it is empty
 */
public record NodeStatistics(
        int contacts,
        int keys,
        int records,
        int pendingRequests,
        int runningLookups,
        int publications,
        long requestsReceived,
        long responsesReceived,
        long messagesSent,
        long requestsAnswered,
        long requestsTimedOut,
        long estimatedNetworkSize) {}
