package io.a2al.dht.logging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A logger for events that peers can cause: at most one line of a kind in {@value #INTERVAL_SECONDS} s; the next one
 * tells how many were suppressed. The kind of a line is its format, so formats must be constants. Thread-safe.
 */
public final class RateLimitedLogger {

    static final int INTERVAL_SECONDS = 30;

    private static final long INTERVAL = Duration.ofSeconds(INTERVAL_SECONDS).toNanos();

    private static final class Kind {
        private long quietUntil;
        private long suppressed;
    }

    private final Logger logger;
    private final LongSupplier nanos;
    private final Map<String, Kind> kinds = new HashMap<>();

    /**
     * Limits {@code logger}.
     *
     * @param nanos monotonic time in nanoseconds
     */
    public RateLimitedLogger(Logger logger, LongSupplier nanos) {
        this.logger = logger;
        this.nanos = nanos;
    }

    /** Logs an event that an operator should know of. */
    public void warn(String format, @Nullable Object... arguments) {
        log(Level.WARN, format, arguments);
    }

    /** Logs a defect of this program. A {@link Throwable} as the last argument is logged with its stack trace. */
    public void error(String format, @Nullable Object... arguments) {
        log(Level.ERROR, format, arguments);
    }

    private void log(Level level, String format, @Nullable Object... arguments) {
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        long suppressed;
        synchronized (kinds) {
            long now = nanos.getAsLong();
            Kind kind = kinds.get(format);
            if (kind == null) {
                kind = new Kind();
                kinds.put(format, kind);
            } else if (now - kind.quietUntil < 0) {
                kind.suppressed++;
                return;
            }
            kind.quietUntil = now + INTERVAL;
            suppressed = kind.suppressed;
            kind.suppressed = 0;
        }
        String text = suppressed == 0 ? format : format + " (and " + suppressed + " more of this kind before)";
        logger.atLevel(level).log(text, arguments);
    }
}
