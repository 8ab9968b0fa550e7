package io.a2al.core.nat;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Decides whether a NAT probe of another node is answered with an echo (node.md section 13). An echo goes to the
 * address that the request claims, so the rules ensure that an echo hits only an address of the requester itself, and
 * not often (known-defects D-40). Times in nanoseconds. Not thread-safe.
 */
public final class EchoService {

    private static final int FIRST_FREE_PORT = 1024;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** The decision about a probe. */
    public enum Verdict {
        /** An echo is sent. */
        ECHO,
        /** The claimed address is not public. */
        NOT_PUBLIC,
        /** The request comes from another IP than it claims. */
        OTHER_SOURCE,
        /** The claimed port belongs to a service of the system, and the request did not come from it. */
        SYSTEM_PORT,
        /** The source has used its limit. */
        SOURCE_LIMIT,
        /** All sources together have used their limit. */
        TOTAL_LIMIT
    }

    /** Counts echoes from the first one on. */
    private static final class Window {

        private final long begin;
        private int count;

        Window(long begin) {
            this.begin = begin;
        }

        boolean isOver(long now, long length) {
            return now - begin >= length;
        }
    }

    private final NatSettings.Echoes settings;

    /** By source, in the order they were opened. */
    private final SequencedMap<Bytes, Window> windows = new LinkedHashMap<>();

    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private Optional<Window> second = Optional.empty();

    /** A service that was not asked yet. */
    public EchoService(NatSettings.Echoes settings) {
        this.settings = settings;
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict, 0L);
        }
    }

    /** Decides about a probe from {@code source} that claims {@code claimed}, and counts it. */
    public Verdict judge(Endpoint source, Endpoint claimed, long now) {
        Verdict verdict = verdictOn(source.unmapped(), claimed.unmapped(), now);
        verdicts.merge(verdict, 1L, Long::sum);
        return verdict;
    }

    private Verdict verdictOn(Endpoint source, Endpoint claimed, long now) {
        if (!claimed.isPublic()) {
            return Verdict.NOT_PUBLIC;
        }
        if (!claimed.hasSameIp(source)) {
            return Verdict.OTHER_SOURCE;
        }
        if (claimed.port() < FIRST_FREE_PORT && claimed.port() != source.port()) {
            return Verdict.SYSTEM_PORT;
        }
        closeOldWindows(now);
        Bytes subnet = NetworkLevel.sourceBytesOf(source);
        Window window = windows.get(subnet);
        if (window != null && window.count >= settings.perSource()) {
            return Verdict.SOURCE_LIMIT;
        }
        Window all = second.filter(open -> !open.isOver(now, SECOND)).orElseGet(() -> new Window(now));
        second = Optional.of(all);
        if (all.count >= settings.perSecond() || (window == null && windows.size() >= settings.maxSources())) {
            return Verdict.TOTAL_LIMIT;
        }
        all.count++;
        windows.computeIfAbsent(subnet, absent -> new Window(now)).count++;
        return Verdict.ECHO;
    }

    private void closeOldWindows(long now) {
        Iterator<Window> oldestFirst = windows.values().iterator();
        while (oldestFirst.hasNext()
                && oldestFirst.next().isOver(now, settings.window().toNanos())) {
            oldestFirst.remove();
        }
    }

    /** Returns the number of open windows; some may have ended since the last request. */
    public int sources() {
        return windows.size();
    }

    /** Returns how often each verdict was given. */
    public Map<Verdict, Long> verdicts() {
        return new EnumMap<>(verdicts);
    }
}
