package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A network in one process, over UDP on the loopback interface. Publishes through some nodes, looks up through others,
 * and compares every answer with what was published. To be run once and closed; not thread-safe.
 */
final class Demo implements AutoCloseable {

    /**
     * One step of the demonstration.
     *
     * @param what it did
     * @param elapsed how long that took
     * @param right whether the outcome was the expected one
     */
    record Step(String what, Duration elapsed, boolean right) {}

    private static final int PUBLISHERS = 3;
    private static final String TOPIC = "demo/agents";

    private final int size;
    private final UnaryOperator<EndpointPayload> fault;
    private final Consumer<Step> report;
    private final Consumer<String> progress;
    private final List<DhtNode> nodes = new ArrayList<>();
    private boolean allRight = true;

    /**
     * Creates a demonstration with {@code size} nodes, at least 4, that reports each step when it has ended, and
     * meanwhile how far it is.
     */
    Demo(int size, UnaryOperator<EndpointPayload> fault, Consumer<Step> report, Consumer<String> progress) {
        this.size = size;
        this.fault = fault;
        this.report = report;
        this.progress = progress;
    }

    /** Runs all steps and returns whether every answer was right. */
    boolean run() throws CommandException, InterruptedException {
        start();
        join();
        progress.accept("publishing and looking up");
        publishEndpoints();
        publishEntries();
        resolveAll();
        discover();
        resolveUnpublished();
        return allRight;
    }

    private void start() throws CommandException, InterruptedException {
        long begin = System.nanoTime();
        InetSocketAddress loopback = Nodes.parseAddress("127.0.0.1:0");
        for (int i = 0; i < size; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            progress.accept("starting node " + (i + 1) + " of " + size);
            nodes.add(Nodes.start(Nodes.freshIdentity(), loopback, 1));
        }
        step("started " + size + " nodes on 127.0.0.1", begin, true);
    }

    /**
     * Joins all nodes through the first one, and the first one through the second. Otherwise the first node would have
     * the others as contacts only once it has verified them, a moment after they joined.
     */
    private void join() throws InterruptedException {
        long begin = System.nanoTime();
        List<CompletableFuture<JoinResult>> joining = nodes.stream()
                .skip(1)
                .map(node -> node.bootstrapAsync(seed(nodes.getFirst())))
                .toList();
        boolean right = true;
        for (int i = 0; i < joining.size(); i++) {
            progress.accept("joining, " + i + " of " + joining.size() + " nodes done");
            right &= await(joining.get(i)).isConnected();
        }
        right &= nodes.getFirst().bootstrap(seed(nodes.get(1))).isConnected();
        step("joined all of them through the first", begin, right);
    }

    private static List<InetSocketAddress> seed(DhtNode node) {
        return List.of(Endpoints.toSocketAddress(node.localEndpoint()));
    }

    private void publishEndpoints() throws InterruptedException {
        long begin = System.nanoTime();
        List<CompletableFuture<Publication>> publishing = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishing.add(publisher(i).publishAsync(fault.apply(endpoint(i))));
        }
        step("published " + PUBLISHERS + " endpoint records, copies held: ", begin, publishing);
    }

    private void publishEntries() throws InterruptedException {
        long begin = System.nanoTime();
        List<CompletableFuture<Publication>> publishing = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishing.add(publisher(i).publishAsync(entry(i)));
        }
        step("published " + PUBLISHERS + " entries under topic " + TOPIC + ", copies held: ", begin, publishing);
    }

    private void step(String what, long begin, List<CompletableFuture<Publication>> publishing)
            throws InterruptedException {
        List<Integer> copies = new ArrayList<>();
        for (CompletableFuture<Publication> published : publishing) {
            copies.add(await(published).state().replicas());
        }
        step(
                what + copies.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                begin,
                copies.stream().allMatch(count -> count > 0));
    }

    private void resolveAll() throws InterruptedException {
        for (int i = 0; i < PUBLISHERS; i++) {
            long begin = System.nanoTime();
            ResolveResult result = reader(i).resolve(publisher(i).address());
            boolean right = result instanceof ResolveResult.Found found
                    && found.endpoint().payload().endpoints().equals(endpoint(i).endpoints());
            step("resolved " + publisher(i).address() + " to " + describe(result), begin, right);
        }
    }

    private static String describe(ResolveResult result) {
        return result instanceof ResolveResult.Found found
                ? String.join(", ", found.endpoint().payload().endpoints())
                : "nothing";
    }

    private void discover() throws InterruptedException {
        long begin = System.nanoTime();
        DiscoverResult result = reader(PUBLISHERS).discover(TOPIC, TopicFilter.ALL);
        Set<String> wanted = new TreeSet<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            wanted.add(publisher(i).address() + " " + entry(i).name());
        }
        Set<String> found =
                result.entries().stream().map(Demo::describe).collect(Collectors.toCollection(TreeSet::new));
        step(
                "discovered " + result.entries().size() + " agents under topic " + TOPIC,
                begin,
                found.equals(wanted) && result.entries().size() == PUBLISHERS);
    }

    private static String describe(TopicEntry entry) {
        return entry.address() + " " + entry.payload().name();
    }

    private void resolveUnpublished() throws InterruptedException {
        long begin = System.nanoTime();
        Identity absent = Nodes.freshIdentity();
        ResolveResult result = reader(PUBLISHERS).resolve(absent.address());
        step(
                "looked for " + absent.address() + ", which was never published, and found " + describe(result),
                begin,
                result instanceof ResolveResult.NotFound);
    }

    // ---- who does what ----------------------------------------------------------------------------------------

    private DhtNode publisher(int number) {
        return nodes.get(number);
    }

    /** Returns a node other than the publisher of the same number. */
    private DhtNode reader(int number) {
        return nodes.get(size - 1 - number);
    }

    private static EndpointPayload endpoint(int number) {
        return EndpointPayload.of(
                List.of("https://agent" + number + ".example/a2a", "quic://agent" + number + ".example:4121"));
    }

    private static TopicPayload entry(int number) {
        return TopicPayload.of(TOPIC, "Agent " + number, List.of("a2a"), List.of("demo"));
    }

    private void step(String what, long begin, boolean right) {
        allRight &= right;
        report.accept(new Step(what, Duration.ofNanos(System.nanoTime() - begin), right));
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Returns the node that looked up most, for looking around. */
    DhtNode shown() {
        return reader(0);
    }

    /** Closes all nodes. */
    @Override
    public void close() {
        nodes.forEach(DhtNode::close);
    }
}
