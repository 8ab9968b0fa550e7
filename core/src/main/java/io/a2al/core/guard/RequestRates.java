package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.message.Endpoint;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Limits how many requests are admitted, by their source address, by the networks around it, and in total
 * (known-defects D-04). An address is an IPv4 one or a /64 of IPv6, which is what one customer gets; the networks are
 * those of each {@link NetworkLevel}. All unverified addresses together get a part of the total only, and of what a
 * network larger than a site may send, so that a flood from forged sources, which no limit per source can stop, leaves
 * room for nodes with a verified address. Times in nanoseconds. Not thread-safe.
 */
final class RequestRates {

    private final RateSketch perSource;
    private final Map<NetworkLevel, PerNetwork> perNetwork = new EnumMap<>(NetworkLevel.class);
    private final TokenBucket allUnverified;
    private final TokenBucket total;

    /**
     * The rates of networks of one level.
     *
     * @param forVerified requests of a burst that unverified addresses leave to verified ones
     */
    private record PerNetwork(RateSketch rates, int forVerified) {

        boolean mayTake(long network, boolean unverified, long now) {
            return rates.mayTakeLeaving(unverified ? forVerified : 0, network, now);
        }
    }

    RequestRates(GuardSettings.Rates settings, long seed, long now) {
        perSource = new RateSketch(settings.perSource(), settings.buckets(), seed, now);
        for (NetworkLevel level : NetworkLevel.values()) {
            Rate rate = settings.perPrefix().times(level.factor());
            int forVerified = level == NetworkLevel.SITE
                    ? 0
                    : rate.burst() - rate.share(settings.strangersShare()).burst();
            RateSketch rates = new RateSketch(rate, settings.buckets(), seed, now);
            perNetwork.put(level, new PerNetwork(rates, forVerified));
        }
        allUnverified = new TokenBucket(settings.total().share(settings.strangersShare()), now);
        total = new TokenBucket(settings.total(), now);
    }

    /**
     * Charges a request to all rates that apply if none of them is used up; a refused one is charged to none.
     */
    Admission admit(Endpoint from, boolean unverified, long now) {
        long source = NetworkLevel.sourceOf(from);
        if (!perSource.mayTake(source, now)) {
            return Admission.SOURCE_RATE;
        }
        for (NetworkLevel level : NetworkLevel.of(from)) {
            if (!of(level).mayTake(level.numberOf(from), unverified, now)) {
                return Admission.PREFIX_RATE;
            }
        }
        if (!total.mayTake(now) || (unverified && !allUnverified.mayTake(now))) {
            return Admission.TOTAL_RATE;
        }
        perSource.take(source, now);
        for (NetworkLevel level : NetworkLevel.of(from)) {
            of(level).rates().take(level.numberOf(from), now);
        }
        total.take(now);
        if (unverified) {
            allUnverified.take(now);
        }
        return Admission.ADMITTED;
    }

    private PerNetwork of(NetworkLevel level) {
        return Objects.requireNonNull(perNetwork.get(level));
    }
}
