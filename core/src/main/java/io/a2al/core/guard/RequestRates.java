package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.message.Endpoint;

/**
 * Limits how many requests are admitted, by their source address, by the network around it, and in total (known-defects
 * D-04). An address is an IPv4 one or a /64 of IPv6, which is what one customer gets; a network is a /24 or a /48. All
 * unverified addresses together get a part of the total only, so that a flood from forged sources, which no limit per
 * source can stop, leaves room for nodes with a verified address. Times in nanoseconds. Not thread-safe.
 */
final class RequestRates {

    private static final int IPV4_ADDRESS_BYTES = 4;
    private static final int IPV6_ADDRESS_BYTES = 8;

    private final RateSketch perSource;
    private final RateSketch perPrefix;
    private final TokenBucket allUnverified;
    private final TokenBucket total;

    RequestRates(GuardSettings.Rates settings, long seed, long now) {
        perSource = new RateSketch(settings.perSource(), settings.buckets(), seed, now);
        perPrefix = new RateSketch(settings.perPrefix(), settings.buckets(), seed, now);
        allUnverified = new TokenBucket(settings.total().share(settings.strangersShare()), now);
        total = new TokenBucket(settings.total(), now);
    }

    /**
     * Charges a request to all rates that apply if none of them is used up; a refused one is charged to none.
     */
    Admission admit(Endpoint from, boolean unverified, long now) {
        long source = from.ipPrefixBits(IPV4_ADDRESS_BYTES, IPV6_ADDRESS_BYTES);
        if (!perSource.mayTake(source, now)) {
            return Admission.SOURCE_RATE;
        }
        long prefix = from.ipPrefixBits(Subnet.IPV4_BYTES, Subnet.IPV6_BYTES);
        if (!perPrefix.mayTake(prefix, now)) {
            return Admission.PREFIX_RATE;
        }
        if (!total.mayTake(now) || (unverified && !allUnverified.mayTake(now))) {
            return Admission.TOTAL_RATE;
        }
        perSource.take(source, now);
        perPrefix.take(prefix, now);
        total.take(now);
        if (unverified) {
            allUnverified.take(now);
        }
        return Admission.ADMITTED;
    }
}
