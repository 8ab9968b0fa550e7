package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.core.shell.CoreTurn;
import io.a2al.core.shell.DatagramOutput;
import io.a2al.core.shell.Keys;
import io.a2al.core.shell.NodeShell;
import io.a2al.dht.TestNodes;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.LookupStatistics;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.TooManyLookupsException;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Commands enter the core at once, other than lookups beyond the window, which wait for others to end. */
class OperationsTest {

    private static final Identity IDENTITY = TestNodes.identity("asking");
    private static final int WINDOW = 32;
    private static final Outcome NODES = new Outcome.Nodes(List.of(), LookupReport.NO_REQUESTS);

    private final List<Long> begun = new CopyOnWriteArrayList<>();

    private final List<Duration> timeouts = new CopyOnWriteArrayList<>();

    /** Completed when more have begun than the window lets in at first. */
    private final CompletableFuture<Long> beyondWindow = new CompletableFuture<>();

    private final List<Long> cancelled = new ArrayList<>();
    private long now = -1;
    private final Tasks tasks =
            new Tasks(new RateLimitedLogger(LoggerFactory.getLogger(OperationsTest.class), () -> now));
    private final Operations operations = opened(new Operations(tasks, new Reception(() -> now), () -> now));

    private Operations opened(Operations closed) {
        closed.open(new NodeShell(
                new Recording(),
                Keys.of(Ed25519.preferred().newVerifier(), IDENTITY.newSigner()),
                new NoOutput(),
                closed::complete,
                true));
        return closed;
    }

    /** A core that notes what it is told, and answers nothing by itself. */
    private final class Recording implements CoreTurn {

        @Override
        public Admission admit(Endpoint from, Envelope envelope) {
            throw new AssertionError("nothing is received");
        }

        @Override
        public boolean mayEcho(Endpoint from, Bytes probe) {
            throw new AssertionError("nothing is received");
        }

        @Override
        public boolean isInTouch(Endpoint from, NodeId node) {
            throw new AssertionError("nothing is received");
        }

        @Override
        public List<Effect> handle(Input input) {
            switch (input) {
                case Input.Submit submit -> {
                    begun.add(submit.operation());
                    if (submit.command() instanceof Command.FindNode find) {
                        timeouts.add(find.options().timeout());
                    }
                    if (begun.size() > WINDOW) {
                        beyondWindow.complete(submit.operation());
                    }
                }
                case Input.Cancel cancel -> cancelled.add(cancel.operation());
                default -> throw new AssertionError(input);
            }
            return List.of();
        }
    }

    private static final class NoOutput implements DatagramOutput {

        @Override
        public boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void oversized(Endpoint to, byte[] buffer, int length) {
            throw new AssertionError("nothing is sent");
        }
    }

    private CompletableFuture<Outcome> lookUp(Duration timeout) {
        return operations.submit(
                new Command.FindNode(NodeId.ofAddress(IDENTITY.address()), LookupOptions.within(timeout)));
    }

    /** Ends a lookup, as its timeout would; those that waited for its place have begun then. */
    private static void end(CompletableFuture<Outcome> lookup) {
        assertThat(lookup.complete(NODES)).isTrue();
    }

    private List<CompletableFuture<Outcome>> lookUp(int count) {
        return Stream.generate(() -> lookUp(Duration.ofSeconds(15)))
                .limit(count)
                .toList();
    }

    @Test
    void lookupsBeyondTheWindowBeginWhenOthersEnd() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW + 3);
        assertThat(begun).hasSize(WINDOW);
        end(lookups.getFirst());
        assertThat(begun).as("the window grows by one as well").hasSize(WINDOW + 2);
    }

    @Test
    void theCoresAnswerLetsTheNextBegin() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW + 1);
        operations.complete(begun.getFirst(), NODES);
        assertThat(beyondWindow.join()).isGreaterThan(begun.get(WINDOW - 1));
        assertThat(lookups.getFirst()).isCompletedWithValue(NODES);
    }

    @Test
    void otherCommandsDoNotWait() {
        List<CompletableFuture<Outcome>> _ = lookUp(WINDOW + 3);
        var _ = operations.submit(new Command.NetworkChanged());
        assertThat(begun).hasSize(WINDOW + 1);
    }

    @Test
    void aWaitingLookupThatIsCancelledNeverBegins() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW + 3);
        assertThat(lookups.get(WINDOW).cancel(true)).isTrue();
        end(lookups.getFirst());
        assertThat(begun).hasSize(WINDOW + 2);
        assertThat(lookups.get(WINDOW + 1)).isNotDone();
        assertThat(begun.getLast() - begun.get(WINDOW)).isEqualTo(1);
    }

    @Test
    void cancellingALookupUnderWayLetsTheNextBegin() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW + 1);
        assertThat(lookups.getFirst().cancel(true)).isTrue();
        assertThat(cancelled).containsExactly(begun.getFirst());
        assertThat(begun).hasSize(WINDOW + 1);
    }

    @Test
    void aLookupWhoseTimeEndedWhileItWaitedIsRefused() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW);
        CompletableFuture<Outcome> brief = lookUp(Duration.ofMillis(200));
        now += Duration.ofMillis(201).toNanos();
        end(lookups.getFirst());
        assertThat(begun).hasSize(WINDOW);
        assertThatThrownBy(brief::join)
                .hasCauseInstanceOf(TooManyLookupsException.class)
                .hasMessageEndingWith("too many lookups: its time of 200 ms ended before others left room for it;"
                        + " ask for fewer at a time");
    }

    @Test
    void theTimeThatALookupWaitsIsPartOfItsTimeout() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW);
        CompletableFuture<Outcome> last = lookUp(Duration.ofMillis(200));
        now += Duration.ofMillis(150).toNanos();
        end(lookups.getFirst());
        assertThat(last).isNotDone();
        assertThat(timeouts.getFirst()).isEqualTo(Duration.ofSeconds(15));
        assertThat(timeouts.getLast()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void lookupsBeyondTheLimitAreRefusedAtOnce() {
        List<CompletableFuture<Outcome>> _ = lookUp(WINDOW + LookupWindow.MOST_WAITING);
        assertThatThrownBy(lookUp(Duration.ofSeconds(15))::join)
                .hasCauseInstanceOf(TooManyLookupsException.class)
                .hasMessageEndingWith(
                        "too many lookups: 4096 wait already, which is the limit; ask for fewer at a time");
        assertThat(operations.lookupStatistics()).isEqualTo(new LookupStatistics(4096, WINDOW, 1));
    }

    @Test
    void closingFailsThoseThatWaitAsWell() {
        List<CompletableFuture<Outcome>> lookups = lookUp(WINDOW + 3);
        operations.close();
        for (CompletableFuture<Outcome> lookup : lookups) {
            assertThatThrownBy(lookup::join).hasCauseInstanceOf(NodeClosedException.class);
        }
        assertThat(begun).hasSize(WINDOW);
    }
}
