package io.a2al.http.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that a page of another site makes a browser send, as browsers tell by {@code Sec-Fetch-Site} and
 * {@code Origin}. Programs send neither. Stateless and thread-safe.
 */
final class SiteRule {

    /** The page is from here, or there is none because the address was typed or chosen from bookmarks. */
    private static final Set<String> ALLOWED = Set.of("same-origin", "none");

    private SiteRule() {}

    /** Returns true if none of the values of these fields says that the request comes from a page of another site. */
    static boolean accepts(List<String> fetchSites, List<String> origins, List<String> hosts) {
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
