package io.a2al.sim.work;

import io.a2al.core.api.Freshness;
import java.time.Duration;

/**
 * Settings of the workload: what agents publish and look up. Immutable; thread-safe.
 *
 * @param publishing the records that agents publish
 * @param lookups the lookups that agents make
 * @param crowds topics and notes
 * @param host a node that publishes for many agents
 */
public record WorkSettings(Publishing publishing, LookupLoad lookups, CrowdSettings crowds, HostLoad host) {

    /**
     * 50 records with a time to live of an hour, published within 30 seconds by nodes that stay; 120 lookups a minute,
     * each for up to 10 seconds; no topics or notes. The exponent of popularity, 0.8, is within the range of 0.64 to
     * 0.83 that Breslau et al., "Web Caching and Zipf-like Distributions" (INFOCOM 1999), found for web pages.
     */
    public static final WorkSettings CALM = new WorkSettings(
            new Publishing(50, Duration.ofHours(1), Duration.ofSeconds(30), false),
            new LookupLoad(120, 0.8, Freshness.NEWEST, Duration.ofSeconds(10)),
            CrowdSettings.NONE,
            HostLoad.NONE);

    /** Returns these settings with another number of records. */
    public WorkSettings withRecords(int other) {
        return withPublishing(publishing.withRecords(other));
    }

    /** Returns these settings with another time to live of records. */
    public WorkSettings withTtl(Duration other) {
        return withPublishing(publishing.withTtl(other));
    }

    /** Returns these settings with publishers that leave, or stay. */
    public WorkSettings withPublishersLeave(boolean other) {
        return withPublishing(publishing.withPublishersLeave(other));
    }

    private WorkSettings withPublishing(Publishing other) {
        return new WorkSettings(other, lookups, crowds, host);
    }

    /** Returns these settings with another rate of lookups. */
    public WorkSettings withLookupsPerMinute(double other) {
        return new WorkSettings(publishing, lookups.withPerMinute(other), crowds, host);
    }

    /** Returns these settings with another exponent of popularity. */
    public WorkSettings withZipf(double other) {
        return new WorkSettings(publishing, lookups.withZipf(other), crowds, host);
    }

    /** Returns these settings with another freshness of lookups. */
    public WorkSettings withFreshness(Freshness other) {
        return new WorkSettings(publishing, lookups.withFreshness(other), crowds, host);
    }

    /** Returns these settings with other topics and notes. */
    public WorkSettings withCrowds(CrowdSettings other) {
        return new WorkSettings(publishing, lookups, other, host);
    }

    /** Returns these settings with another node that publishes for many agents. */
    public WorkSettings withHost(HostLoad other) {
        return new WorkSettings(publishing, lookups, crowds, other);
    }
}
