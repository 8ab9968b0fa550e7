package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.core.shell.DatagramOutput;
import io.a2al.core.shell.Keys;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.TestNodes;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The timer thread: it survives a failing timer, and notices a deadline before the one that it waits for. */
@Timeout(60)
class CoreDriverTest {

    private static final Identity SELF = TestNodes.identity("driven");
    private static final Endpoint ABSENT = Endpoint.of(new byte[] {127, 0, 0, 1}, 4121);
    private static final long START = 1_000;
    private static final long UNIX_SECONDS = 1_800_000_000;

    /** Without a stack trace, as it is logged. */
    private static final class Defect extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Defect() {
            super("a defect, on purpose", null, false, false);
        }
    }

    private final NodeCore core = new NodeCore(NodeSettings.DEFAULT, SELF.address(), new Random(1), time(START));
    private final Tasks tasks =
            new Tasks(new RateLimitedLogger(LoggerFactory.getLogger(CoreDriverTest.class), () -> 0));

    private static ShellTime time(long nanos) {
        return new ShellTime(nanos, UNIX_SECONDS);
    }

    private static Input ping(long operation, Duration timeout) {
        return new Input.Submit(operation, new Command.Ping(ABSENT, timeout));
    }

    private static NodeShell shell(CoreDriver driver, Runnable onSend, LongConsumer onCompleted) {
        Keys keys = Keys.of(Ed25519.preferred().newVerifier(), SELF.newSigner());
        return new NodeShell(driver, keys, output(onSend), (operation, _) -> onCompleted.accept(operation), true);
    }

    private static DatagramOutput output(Runnable onSend) {
        return new DatagramOutput() {
            @Override
            public boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer) {
                onSend.run();
                return true;
            }

            @Override
            public void oversized(Endpoint to, byte[] buffer, int length) {
                throw new IllegalStateException("a message that no datagram can hold");
            }
        };
    }

    // ---- failing timers: the timers run on the thread of the test, in a time that is always that of the next deadline

    private ShellTime nextDeadline() {
        return time(core.nextDeadline());
    }

    @Test
    void timersGoOnAfterARepetitionCouldNotBeSent() {
        CoreDriver driver = new CoreDriver(core, this::nextDeadline);
        List<Integer> sent = new ArrayList<>();
        NodeShell shell = shell(
                driver,
                () -> {
                    sent.add(sent.size());
                    if (sent.size() == 2) {
                        throw new Defect();
                    }
                },
                completed -> driver.close());
        shell.handle(ping(1, Duration.ofSeconds(5)));

        driver.runTimers(shell, tasks);

        assertThat(sent).hasSizeGreaterThan(2);
        assertThat(tasks.statistics().failures()).containsEntry(TaskKind.TIMER, 1L);
    }

    @Test
    void timersGoOnAfterANoticeFailed() {
        CoreDriver driver = new CoreDriver(core, this::nextDeadline);
        List<Long> completed = new ArrayList<>();
        NodeShell shell = shell(driver, () -> {}, operation -> {
            completed.add(operation);
            if (operation == 1) {
                throw new Defect();
            }
            driver.close();
        });
        shell.handle(ping(1, Duration.ofSeconds(5)));
        shell.handle(ping(2, Duration.ofSeconds(10)));

        driver.runTimers(shell, tasks);

        assertThat(completed).containsExactly(1L, 2L);
        assertThat(tasks.statistics().failures()).containsEntry(TaskKind.TIMER, 1L);
    }

    // ---- earlier deadlines: the timers have a thread of their own, and wait when the test acts

    /**
     * START on the thread of the test. On the timer thread it is first an hour before that, so that the thread waits
     * longer than any test; after that the next deadline has come.
     */
    private final class SteppedTime implements TimeSource {

        private final Thread tester = Thread.currentThread();
        private final CountDownLatch waiting = new CountDownLatch(1);

        @Override
        public ShellTime now() {
            if (Thread.currentThread().equals(tester)) {
                return time(START);
            }
            ShellTime now = waiting.getCount() == 1 ? time(START - TimeUnit.HOURS.toNanos(1)) : nextDeadline();
            waiting.countDown();
            return now;
        }
    }

    /**
     * Begins a PING while the timer thread waits for a far deadline, and expects the repetition of the PING from that
     * thread. The thread keeps the lock from its reading of the time until it waits; so the PING begins after that.
     */
    private void expectWakeUp(BiConsumer<CoreDriver, Input> begin) throws InterruptedException {
        SteppedTime time = new SteppedTime();
        CoreDriver driver = new CoreDriver(core, time);
        BlockingQueue<Thread> sending = new LinkedBlockingQueue<>();
        NodeShell shell = shell(
                driver,
                () -> {
                    sending.add(Thread.currentThread());
                    driver.close();
                },
                completed -> {});
        Thread timers = Thread.ofPlatform().daemon().start(() -> driver.runTimers(shell, tasks));
        time.waiting.await();

        begin.accept(driver, ping(1, Duration.ofSeconds(5)));

        assertThat(sending.poll(50, TimeUnit.SECONDS)).isEqualTo(timers);
        timers.join();
    }

    @Test
    void anInputWithAnEarlierDeadlineWakesTheTimerThread() throws Exception {
        expectWakeUp((driver, ping) -> {
            var _ = driver.handle(ping);
        });
    }

    @Test
    void aNoticeWithAnEarlierDeadlineWakesTheTimerThread() throws Exception {
        expectWakeUp((driver, ping) -> driver.tell(told -> {
            var _ = told.handle(time(START), ping);
        }));
    }

    @Test
    void aQuestionWithAnEarlierDeadlineWakesTheTimerThread() throws Exception {
        expectWakeUp((driver, ping) -> {
            var _ = driver.ask(asked -> asked.handle(time(START), ping));
        });
    }

    @Test
    void closingEndsTheTimerThread() throws Exception {
        SteppedTime time = new SteppedTime();
        CoreDriver driver = new CoreDriver(core, time);
        NodeShell shell = shell(driver, () -> {}, completed -> {});
        Thread timers = Thread.ofPlatform().daemon().start(() -> driver.runTimers(shell, tasks));
        time.waiting.await();

        driver.close();

        assertThat(timers.join(Duration.ofSeconds(50))).isTrue();
    }
}
