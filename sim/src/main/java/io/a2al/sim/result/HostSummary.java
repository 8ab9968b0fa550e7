package io.a2al.sim.result;

/**
 * What a node did that publishes for many agents. Immutable; thread-safe.
 *
 * @param publications number of its publications
 * @param first what it sent in the first half of a time to live, in which it publishes everything
 * @param later what it sent from then on, until lookups end
 * @param replicas replicas at other nodes of a random sample of its valid records, from the second half of a time to
 *     live on
 */
public record HostSummary(int publications, Span first, Span later, Replicas replicas) {

    /**
     * Datagrams between the node and the nodes that it asks. Its answers to others are not counted.
     *
     * @param minutes length of the time
     * @param renewals newer versions that its agents signed
     * @param stores STOREs sent and their answers
     * @param others other requests sent and their answers, among them those of any node
     * @param peak STOREs sent in the busiest minute
     */
    public record Span(int minutes, long renewals, long stores, long others, long peak) {

        /** Returns other datagrams as a share of STOREs and their answers; 0 if there were none of these. */
        public double overhead() {
            return stores == 0 ? 0 : (double) others / stores;
        }

        /** Returns how many times as many STOREs as in the mean were sent in the busiest minute. */
        public double peakShare() {
            return stores == 0 ? 0 : (double) peak * minutes * 2 / stores;
        }

        /** Returns STOREs sent for each renewal. */
        public double storesPerRenewal() {
            return renewals == 0 ? 0 : stores / 2.0 / renewals;
        }
    }

    /**
     * Replicas of a sample.
     *
     * @param sampled number of samples
     * @param mean mean number of replicas
     * @param fewest smallest number
     * @param lost number of samples without a replica
     */
    public record Replicas(long sampled, double mean, int fewest, long lost) {}
}
