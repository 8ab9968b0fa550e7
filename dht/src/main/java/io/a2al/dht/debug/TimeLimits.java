package io.a2al.dht.debug;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends exchanges that take too long, since the JDK's server has limits for the whole process only. Each exchange has a
 * thread of its own; interrupting it closes the connection that it waits for. Thread-safe.
 */
final class TimeLimits {

    private static final ScopedValue<Clock> CLOCK = ScopedValue.newInstance();

    private final ScheduledExecutorService timer;
    private final Duration forHeader;
    private final Duration forAnswer;

    /**
     * Limits kept by {@code timer}.
     *
     * @param forHeader until the header of a request is there
     * @param forAnswer from then on until the answer has been taken
     */
    TimeLimits(ScheduledExecutorService timer, Duration forHeader, Duration forAnswer) {
        this.timer = timer;
        this.forHeader = forHeader;
        this.forAnswer = forAnswer;
    }

    /** What an exchange may take; used by its own thread only. */
    private final class Clock {

        private Future<?> alarm;

        Clock() {
            alarm = set(forHeader);
        }

        private Future<?> set(Duration limit) {
            return timer.schedule(Thread.currentThread()::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        void headerIsThere() {
            alarm.cancel(false);
            alarm = set(forAnswer);
        }

        void stop() {
            alarm.cancel(false);
        }
    }

    /** Runs exchanges on threads of {@code threads}, which must not be used for anything else afterwards. */
    Executor limiting(Executor threads) {
        return exchange -> threads.execute(() -> {
            Clock clock = new Clock();
            try {
                ScopedValue.where(CLOCK, clock).run(exchange);
            } finally {
                clock.stop();
            }
        });
    }

    /** Tells apart the two limits: whatever reaches {@code handler} has a header. */
    HttpHandler noticing(HttpHandler handler) {
        return new HttpHandler() {
            @Override
            public void handle(HttpExchange exchange) throws IOException {
                CLOCK.get().headerIsThere();
                handler.handle(exchange);
            }
        };
    }
}
