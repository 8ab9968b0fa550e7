package io.a2al.dht.debug;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses HTTP requests that a page of another site makes a browser send. Such a page cannot read the answer, but the
 * node would have the work of it. Browsers say so in {@code Sec-Fetch-Site} (W3C Fetch Metadata), and in {@code Origin}
 * if the page asks to read the answer. A request without these fields comes from a program, from an address that was
 * typed into an old browser, or from a browser that does not trust this address, which it trusts if that is a loopback
 * address. Stateless and thread-safe.
 */
public final class SiteRule {

    /** The page is from here, or there is none because the address was typed or chosen from bookmarks. */
    private static final Set<String> ALLOWED = Set.of("same-origin", "none");

    private SiteRule() {}

    /**
     * Returns true if no field says that the request comes from a page of another site.
     *
     * @param fetchSites all values of its field {@code Sec-Fetch-Site}
     * @param origins all values of {@code Origin}
     * @param hosts all values of {@code Host}
     */
    public static boolean accepts(List<String> fetchSites, List<String> origins, List<String> hosts) {
        return lower(fetchSites).stream().allMatch(ALLOWED::contains)
                && lower(origins).stream().allMatch(origin -> isOwn(origin, lower(hosts)));
    }

    private static boolean isOwn(String origin, List<String> hosts) {
        return hosts.stream().anyMatch(host -> origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    private static List<String> lower(List<String> values) {
        return values.stream()
                .map(value -> value.trim().toLowerCase(Locale.ROOT))
                .toList();
    }
}
