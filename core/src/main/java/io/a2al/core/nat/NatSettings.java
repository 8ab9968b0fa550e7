package io.a2al.core.nat;

import java.time.Duration;

/**
 * How a node finds out how the network sees it. Immutable; thread-safe.
 *
 * @param privateNetwork the network has no public addresses: any address is believed, and neighbours may vote, too; no
 *     probes are made
 * @param minAgreeing votes that make an address trusted; fewer reporters lower it
 * @param fewestReporters but not below this: with fewer reporters nothing is believed at all
 * @param maxReporters reporters whose votes are kept
 * @param probeTimeout how long an echo is waited for
 * @param checkEvery how often the node asks for echoes at its public address
 * @param checkTick how often it looks whether that is due, or has become possible
 * @param echoesPerCheck peers asked for an echo each time
 * @param maxProbes probes under way
 * @param echoes how many echoes are sent for others
 * @param hairpinMemory how long a neighbour behind the same public address counts as unreachable after it was silent
 * @param maxHairpins such neighbours remembered
 */
public record NatSettings(
        boolean privateNetwork,
        int minAgreeing,
        int fewestReporters,
        int maxReporters,
        Duration probeTimeout,
        Duration checkEvery,
        Duration checkTick,
        int echoesPerCheck,
        int maxProbes,
        Echoes echoes,
        Duration hairpinMemory,
        int maxHairpins) {

    /** What a node on the internet uses. */
    public static final NatSettings DEFAULT = new NatSettings(
            false,
            NatSense.DEFAULT_MIN_AGREEING,
            2,
            512,
            Duration.ofSeconds(5),
            Duration.ofMinutes(20),
            Duration.ofMinutes(1),
            3,
            64,
            new Echoes(3, Duration.ofSeconds(10), 50, 4096),
            Duration.ofMinutes(30),
            1024);

    /**
     * How many echoes are sent for others.
     *
     * @param perSource in one window for one IPv4 address, or one /64 of IPv6
     * @param window its length; it begins with the first request
     * @param perSecond for all together
     * @param maxSources windows open at a time
     */
    public record Echoes(int perSource, Duration window, int perSecond, int maxSources) {}

    /** The same with so many votes kept. */
    public NatSettings withMaxReporters(int other) {
        return new NatSettings(
                privateNetwork,
                minAgreeing,
                fewestReporters,
                other,
                probeTimeout,
                checkEvery,
                checkTick,
                echoesPerCheck,
                maxProbes,
                echoes,
                hairpinMemory,
                maxHairpins);
    }

    /** The same for a network that has no public addresses. */
    public NatSettings forPrivateNetwork() {
        return new NatSettings(
                true,
                minAgreeing,
                fewestReporters,
                maxReporters,
                probeTimeout,
                checkEvery,
                checkTick,
                echoesPerCheck,
                maxProbes,
                echoes,
                hairpinMemory,
                maxHairpins);
    }
}
