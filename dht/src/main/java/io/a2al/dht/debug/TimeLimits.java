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
 * Ends HTTP exchanges that take too long, as the JDK's server has limits for the whole process only. Each exchange has
 * a thread of its own; interrupting it closes the connection that it waits for. Thread-safe.
 */
final class TimeLimits {

    private static final ScopedValue<Clock> CLOCK = ScopedValue.newInstance();

    private final ScheduledExecutorService timer;
    private final Duration forHeader;
    private final Duration forAnswer;

    /**
     * Limits that {@code timer} keeps.
     *
     * @param forHeader for the header of a request to arrive
     * @param forAnswer from then on for the answer to be taken
     */
    TimeLimits(ScheduledExecutorService timer, Duration forHeader, Duration forAnswer) {
        this.timer = timer;
        this.forHeader = forHeader;
        this.forAnswer = forAnswer;
    }

    /** The time limit of one exchange; used by its own thread only. */
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

    /** Returns an executor that runs exchanges on {@code threads}, which must be used for nothing else. */
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

    /** Returns a handler at which the second limit begins: an exchange that reaches it has its header. */
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
