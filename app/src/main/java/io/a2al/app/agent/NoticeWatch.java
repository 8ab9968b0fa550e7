package io.a2al.app.agent;

import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which notices about publications are new. A kind of notice is new if the last look did not show one of its
 * kind; numbers that change are no news. Not thread-safe.
 */
final class NoticeWatch {

    private final List<Publication> publications;
    private Set<String> shown;

    /** Takes the present notices as told. */
    NoticeWatch(List<Publication> publications) {
        this.publications = publications;
        this.shown = kinds(notices());
    }

    /** Returns the texts of notices that are new since the last call. */
    List<String> news() {
        List<PublicationNotice> now = notices();
        Set<String> before = shown;
        shown = kinds(now);
        return now.stream()
                .filter(notice -> !before.contains(notice.getClass().getName()))
                .map(PublicationNotice::text)
                .distinct()
                .toList();
    }

    private List<PublicationNotice> notices() {
        return publications.stream()
                .flatMap(publication -> publication.notices().stream())
                .toList();
    }

    private static Set<String> kinds(List<PublicationNotice> notices) {
        return notices.stream()
                .map(notice -> notice.getClass().getName())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
