package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.NodeThreads;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.shell.Reception;
import io.a2al.dht.shell.Tasks;
import io.a2al.dht.shell.Traffic;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The simulator and the library run a node in the same way: a node of a simulated network, and one behind the library's
 * shell that is given the same datagrams and commands at the same times, send the same bytes at the same times and end
 * the same operations with the same outcomes.
 */
class OneShellTest {

    private static final int NODES = 14;

    private static SimulationOptions options(long seed) {
        SimulationOptions calm = Profiles.find("calm").orElseThrow();
        return calm.withSeed(seed)
                .withNodes(NODES)
                .withDuration(Duration.ofSeconds(30))
                .withWork(calm.work().withRecords(5))
                .withLinks(calm.links().withLoss(0.05).withDuplication(0.05))
                .withCrypto(CryptoKind.REAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7})
    void aSeedRunsAlikeInBothShells(long seed) {
        Simulation simulation = new Simulation(options(seed));
        SimNode node = simulation.world().nodes().getLast();
        Recording recording = new Recording(node);
        simulation.listen(recording);
        assertThat(simulation.run(Progress.NONE).violation()).isEmpty();

        Replay replay = new Replay(node, recording);
        replay.run();
        assertThat(recording.inputs).hasSizeGreaterThan(200);
        assertThat(recording.outcomes).hasSizeGreaterThan(3);
        assertThat(replay.sent.values).isEqualTo(recording.sent.values);
        assertThat(replay.outcomes(recording.outcomes.keySet())).isEqualTo(recording.outcomes);
    }

    /** Datagrams by the time at which they were sent; at one time in any order, as answers may be held back. */
    private static final class SentDatagrams {

        private final SequencedMap<Long, Map<String, Integer>> values = new TreeMap<>();

        void add(long at, Endpoint to, Bytes datagram) {
            values.computeIfAbsent(at, time -> new TreeMap<>()).merge(to + " " + datagram.toHex(), 1, Integer::sum);
        }
    }

    /** What went into one simulated node, and what came out of it. */
    private static final class Recording implements EventListener {

        private sealed interface In {
            long at();
        }

        private record Arrival(long at, Endpoint from, Bytes datagram) implements In {}

        private record Submission(long at, Command command) implements In {}

        private final SimNode node;
        private final List<In> inputs = new ArrayList<>();
        private final SentDatagrams sent = new SentDatagrams();
        private final SequencedMap<Long, Outcome> outcomes = new LinkedHashMap<>();
        private long startedAt;
        private long endedAt;

        Recording(SimNode node) {
            this.node = node;
        }

        @Override
        public void onEvent(SimEvent event) {
            endedAt = event.at();
            if (event.participant() != node.index()) {
                return;
            }
            switch (event) {
                case SimEvent.Started started -> startedAt = started.at();
                case SimEvent.Arrived arrived ->
                    inputs.add(new Arrival(
                            arrived.at(),
                            arrived.from(),
                            Bytes.copyOf(arrived.datagram().bytes())));
                case SimEvent.Submitted submitted -> inputs.add(new Submission(submitted.at(), submitted.command()));
                case SimEvent.Sent out ->
                    sent.add(out.at(), out.to(), Bytes.copyOf(out.datagram().bytes()));
                case SimEvent.Completed completed -> outcomes.put(completed.operation(), completed.outcome());
                default -> {
                    // Neither an input of the node nor an effect.
                }
            }
        }
    }

    /** The same node behind the library's shell, without sockets, and with the times of the recording. */
    private static final class Replay implements Transport {

        private final SimNode original;
        private final Recording recording;
        private final CoreDriver driver;
        private final NodeThreads threads;
        private final NodeShell timers;
        private final Operations operations;
        private final SentDatagrams sent = new SentDatagrams();
        private final Map<Long, CompletableFuture<Outcome>> submitted = new LinkedHashMap<>();
        private final List<DatagramHandler> receivers = new ArrayList<>();
        private long now;

        Replay(SimNode original, Recording recording) {
            this.original = original;
            this.recording = recording;
            this.now = recording.startedAt;
            NodeCore core = new NodeCore(
                    original.settings(),
                    original.keys().address(),
                    original.world().streams().of(Purpose.CORE, 1L << Integer.SIZE | original.index()),
                    time());
            core.setBindPublic(original.host().nat().isEmpty());
            this.driver = new CoreDriver(core, this::time);
            Tasks tasks = new Tasks(new RateLimitedLogger(LoggerFactory.getLogger(OneShellTest.class), () -> now));
            Reception reception = new Reception(() -> now);
            this.operations = new Operations(tasks, reception, () -> now);
            Identity identity = identityOf(original);
            assertThat(identity.address()).isEqualTo(original.keys().address());
            this.threads = new NodeThreads(
                    // Commands that follow from events are in the recording.
                    new NodeThreads.NodeParts(driver, this, new Traffic(), tasks, reception, operations::complete),
                    identity,
                    true,
                    Optional.empty());
            this.timers = threads.newShell();
            operations.open(threads.newShell());
            threads.receive();
        }

        private static Identity identityOf(SimNode node) {
            byte[] seed = new byte[Identity.SEED_LENGTH];
            node.world().streams().of(Purpose.KEY, node.index()).nextBytes(seed);
            return Identity.ofSeed(seed);
        }

        private ShellTime time() {
            return NodeClock.RIGHT.at(now);
        }

        void run() {
            for (Recording.In input : recording.inputs) {
                tickUntil(input.at());
                now = input.at();
                switch (input) {
                    case Recording.Arrival(long at, Endpoint from, Bytes datagram) -> {
                        receivers.getFirst().onDatagram(from, datagram.toArray(), datagram.length());
                        receivers.getFirst().onDrained();
                    }
                    case Recording.Submission(long at, Command command) ->
                        submitted.put(submitted.size() + 1L, operations.submit(command));
                }
            }
            tickUntil(recording.endedAt);
        }

        /** Wakes the core whenever it wants to be, as the timer thread does. */
        private void tickUntil(long end) {
            while (driver.ask(NodeCore::nextDeadline) <= end) {
                now = Math.max(now, driver.ask(NodeCore::nextDeadline));
                timers.handle(new Input.Tick());
            }
        }

        /** The outcomes of these operations. */
        Map<Long, Outcome> outcomes(Iterable<Long> ended) {
            Map<Long, Outcome> outcomes = new LinkedHashMap<>();
            for (long operation : ended) {
                CompletableFuture<Outcome> outcome = Objects.requireNonNull(submitted.get(operation));
                outcomes.put(operation, outcome.orTimeout(30, TimeUnit.SECONDS).join());
            }
            return outcomes;
        }

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            receivers.add(handlers.get());
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            sent.add(now, to, Bytes.copyOfRange(datagram, 0, length));
            return true;
        }

        @Override
        public Endpoint localEndpoint() {
            return original.host().endpoints().getFirst();
        }

        @Override
        public void close() {
            // There is no socket.
        }
    }
}
