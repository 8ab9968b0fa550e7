package io.a2al.dht.debug;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that a page of another site makes a browser send. Such a page cannot read the answer, but the node
 * would have the work of it. Browsers say so in {@code Sec-Fetch-Site} (W3C Fetch Metadata), and in {@code Origin} if
 * the page asks to read the answer. A request without these fields comes from a program, from an address that was typed
 * into an old browser, or from a browser that does not trust this address, which it trusts if that is a loopback
 * address. Stateless and thread-safe.
 */
final class SiteCheck {

    /** The page is from here, or there is none because the address was typed or chosen from bookmarks. */
    private static final Set<String> ALLOWED = Set.of("same-origin", "none");

    private SiteCheck() {}

    /** Returns true if no field says that the request comes from a page of another site. */
    static boolean accepts(Headers request) {
        return values(request, "Sec-Fetch-Site").stream().allMatch(ALLOWED::contains)
                && values(request, "Origin").stream().allMatch(origin -> isOwn(origin, request));
    }

    private static boolean isOwn(String origin, Headers request) {
        return values(request, "Host").stream()
                .anyMatch(host -> origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    private static List<String> values(Headers request, String field) {
        return request.getOrDefault(field, List.of()).stream()
                .map(value -> value.trim().toLowerCase(Locale.ROOT))
                .toList();
    }
}
