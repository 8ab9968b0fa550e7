package io.a2al.sim.attack;

/**
 * Identities that surround the key of the most popular agent, and the networks in which their addresses are. Immutable;
 * thread-safe.
 *
 * @param identities number of participants that are such identities, in addition to attackers drawn by share; 0 for
 *     none
 * @param ipv6 true for IPv6 addresses, which only nodes with IPv6 reach; false for IPv4
 * @param sites number of /24 or /48 over which they are spread
 * @param regions number of /40 over which the sites are spread; no more than sites, 0 for as many; only for IPv6
 * @param providers number of /16 or /32 over which the regions or sites are spread; no more than these, 0 for as many
 */
public record Sybils(int identities, boolean ipv6, int sites, int regions, int providers) {

    /** None; with identities, they are in four networks. */
    public static final Sybils NONE = new Sybils(0, false, 4, 0, 0);

    /** Maximum number of networks of each size. */
    private static final int MAX_NETWORKS = 256;

    /** Maximum number of identities. */
    private static final int MAX_IDENTITIES = 10_000;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Sybils {
        if (identities < 0 || identities > MAX_IDENTITIES) {
            throw new IllegalArgumentException("identities: " + identities + "; must be 0 to " + MAX_IDENTITIES);
        }
        if (sites < 1 || sites > MAX_NETWORKS) {
            throw new IllegalArgumentException("sites: " + sites + "; must be 1 to " + MAX_NETWORKS);
        }
        if (regions < 0 || regions > MAX_NETWORKS || providers < 0 || providers > MAX_NETWORKS) {
            throw new IllegalArgumentException("larger networks: " + regions + " regions, " + providers
                    + " providers; must be 0 to " + MAX_NETWORKS);
        }
    }

    /** Returns these with another number of identities. */
    public Sybils withIdentities(int other) {
        return new Sybils(other, ipv6, sites, regions, providers);
    }

    /** Returns these with addresses of a family. */
    public Sybils withIpv6(boolean other) {
        return new Sybils(identities, other, sites, regions, providers);
    }

    /** Returns these in another number of sites. */
    public Sybils withSites(int other) {
        return new Sybils(identities, ipv6, other, regions, providers);
    }

    /** Returns these in another number of regions. */
    public Sybils withRegions(int other) {
        return new Sybils(identities, ipv6, sites, other, providers);
    }

    /** Returns these in another number of providers' networks. */
    public Sybils withProviders(int other) {
        return new Sybils(identities, ipv6, sites, regions, other);
    }

    /** Returns true if this participant is one of the identities; they are spread evenly over the others. */
    boolean includes(int participant, int firstOther, int participants) {
        long others = participants - (long) firstOther;
        long number = participant - (long) firstOther;
        return number >= 0 && number * identities / others != (number + 1) * identities / others;
    }

    /** Returns the number of the /24 or /48 of an identity. */
    int siteOf(int identity) {
        return identity % sites;
    }

    /** Returns the number of the /40 of a /48. */
    int regionOf(int site) {
        return regions == 0 ? site : site % regions;
    }

    /** Returns the number of the /16 or /32 of a /24 or /48. */
    int providerOf(int site) {
        int inner = ipv6 ? regionOf(site) : site;
        return providers == 0 ? inner : inner % providers;
    }
}
