package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.message.Endpoint;

/**
 * Limits how often requests are looked at, by their source address, by the network around it, and in total
 * (known-defects D-04). An address is an IPv4 one or a /64 of IPv6, which is what one customer gets; a network is a /24
 * or a /48. Strangers together get a part of the total only, so that a flood with invented sources, which no limit per
 * source can stop, leaves room for nodes that have proven their address. Times in nanoseconds. Not thread-safe.
 */
final class RequestRates {

    private static final int IPV4_ADDRESS_BYTES = 4;
    private static final int IPV6_ADDRESS_BYTES = 8;

    private final RateSketch perSource;
    private final RateSketch perPrefix;
    private final TokenBucket strangers;
    private final TokenBucket total;

    RequestRates(GuardSettings.Rates settings, long seed, long now) {
        perSource = new RateSketch(settings.perSource(), settings.buckets(), seed, now);
        perPrefix = new RateSketch(settings.perPrefix(), settings.buckets(), seed, now);
        strangers = new TokenBucket(settings.total().share(settings.strangersShare()), now);
        total = new TokenBucket(settings.total(), now);
    }

    /**
     * Charges a request to everybody concerned if none of them has used up its rate; a refused one costs nobody
     * anything.
     */
    Admission admit(Endpoint from, boolean stranger, long now) {
        long source = from.ipPrefixBits(IPV4_ADDRESS_BYTES, IPV6_ADDRESS_BYTES);
        if (!perSource.mayTake(source, now)) {
            return Admission.SOURCE_RATE;
        }
        long prefix = from.ipPrefixBits(Subnet.IPV4_BYTES, Subnet.IPV6_BYTES);
        if (!perPrefix.mayTake(prefix, now)) {
            return Admission.PREFIX_RATE;
        }
        if (!total.mayTake(now) || (stranger && !strangers.mayTake(now))) {
            return Admission.TOTAL_RATE;
        }
        perSource.take(source, now);
        perPrefix.take(prefix, now);
        total.take(now);
        if (stranger) {
            strangers.take(now);
        }
        return Admission.ADMITTED;
    }
}
