package io.a2al.dht;

import io.a2al.core.NodeStatistics;
import io.a2al.core.api.NodeEvent;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.result.CallbackStatistics;
import io.a2al.dht.result.DiscoverResult;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.result.LookupStatistics;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TaskStatistics;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A node of the A2AL network, embedded in an application. It is built, started, used from any thread, and closed:
 *
 * <pre>{@code
 * try (DhtNode node = DhtNode.builder().identity(identity).listen(new InetSocketAddress(4121)).build().start()) {
 *     node.bootstrap(List.of(seed));
 *     node.publish(EndpointPayload.of(List.of("https://agent.example/a2a")));
 *     ResolveResult result = node.resolve(address);
 * }
 * }</pre>
 *
 * <p><b>Results.</b> Every operation has an {@code …Async} form that returns at once, and a plain form that waits for
 * it. Finding nothing is a result, not an exception. A future fails, and the plain form throws, with {@link
 * RefusedException} if the node cannot do what it is asked, and with {@link NodeClosedException} if the node is closed
 * before or meanwhile.
 *
 * <p><b>Cancelling.</b> Cancelling a future that a node returned ends its operation and frees its place; so do
 * {@code orTimeout} and {@code completeOnTimeout} on it. Interrupting a thread that waits in a plain form ends the
 * operation too, and throws {@link InterruptedException}. Cancelling a stage that the application itself derived from
 * the future, for example by {@code thenApply}, does not reach the node.
 *
 * <p><b>Arguments</b> are checked before anything else, in both forms and whether or not the node is closed: a null
 * argument is refused with {@link NullPointerException} and its name, a value out of range with
 * {@link IllegalArgumentException}, the value and the remedy. Operations of a node that is not started are refused with
 * {@link IllegalStateException}.
 *
 * <p><b>Callbacks.</b> The application's own code runs on threads of its own, never on one that receives or holds a
 * lock, except for a {@linkplain DhtNodeBuilder#recordPolicy record policy}. What it throws is counted ({@link
 * #callbackStatistics}) and logged; the node goes on. Failures of the node itself are counted in {@link
 * #taskStatistics}.
 *
 * <p><b>Tests of an application</b> run real nodes in one process on a
 * {@link io.a2al.dht.transport.MemoryNetwork MemoryNetwork}, or implement this interface. All that an implementation
 * must return can be made: {@link Query}, {@link PeerRpc}, {@link Peers}, {@link Nat}, {@link LocalStore}, {@link
 * Publications}, {@link Publication} and {@link Subscription} are interfaces, {@link Agent} has factories, and results
 * are records. Plain forms and short forms are default methods, so that an implementation needs the {@code …Async}
 * forms only.
 *
 * <p>Thread-safe.
 */
public interface DhtNode extends AutoCloseable {

    /** Default UDP port of the network (wire.md 2.1). */
    int DEFAULT_PORT = 4121;

    /** Longest time that {@link #ping} waits: 5 s. */
    Duration PING_TIMEOUT = Duration.ofSeconds(5);

    /** Returns a builder with the defaults of a public node; an identity must be given. */
    static DhtNodeBuilder builder() {
        return new DhtNodeBuilder();
    }

    // ---- life -------------------------------------------------------------------------------------------------

    /**
     * Begins to receive and answer. Further calls do nothing. If this fails, the node is closed.
     *
     * @return this node
     * @throws NodeClosedException if the node is closed
     */
    DhtNode start();

    /**
     * Stops everything and closes the transport; operations under way fail. Returns when the node's threads have ended
     * and its files are written. Can be called twice.
     */
    @Override
    void close();

    /** Returns this node's own address. */
    Address address();

    /** Returns this node's own NodeID. */
    default NodeId nodeId() {
        return NodeId.ofAddress(address());
    }

    /** Returns the agent that this node publishes and reads mail for where a call names none. */
    Agent agent();

    /** Returns the address that the node listens on; its IP may be unspecified. */
    Endpoint localEndpoint();

    /** Returns counters and sizes of the node's parts. */
    NodeStatistics statistics();

    /** Returns counters of datagrams. Asks the system about the socket, so it is not for calling often. */
    TrafficStatistics traffic();

    /** Returns how often the application's callbacks have thrown. */
    CallbackStatistics callbackStatistics();

    /** Returns how often the node's own tasks have failed. */
    TaskStatistics taskStatistics();

    /** Returns how the application's lookups get their turn. */
    LookupStatistics lookupStatistics();

    /** Returns how the node keeps its records on disk. */
    DiskStatistics diskStatistics();

    /** Returns the contacts in the routing table, by bucket, each bucket least recently verified first. */
    default List<Contact> contacts() {
        return peers().contacts();
    }

    /** Returns how the network sees this node. */
    Nat nat();

    // ---- joining ----------------------------------------------------------------------------------------------

    /**
     * Joins the network through any of these addresses (node.md section 11). The host name of an unresolved address is
     * resolved, and stands for all its addresses; a name that cannot be resolved at present counts as no seed asked. If
     * none answers, the node goes on trying by itself.
     *
     * @throws IllegalArgumentException if no node can be at an address, as its port is 0 or its IP address stands for
     *     several hosts or none
     */
    default JoinResult bootstrap(List<InetSocketAddress> seeds) throws InterruptedException {
        return Futures.await(bootstrapAsync(seeds));
    }

    /** Like {@link #bootstrap}. */
    CompletableFuture<JoinResult> bootstrapAsync(List<InetSocketAddress> seeds);

    /**
     * Like {@link #bootstrapAsync}, through nodes whose identity is known; an answer of another identity does not
     * count.
     *
     * @throws IllegalArgumentException if one of them is incomplete or can be no node
     */
    CompletableFuture<JoinResult> bootstrapThroughAsync(List<Contact> seeds);

    /**
     * Joins the network through all sources that the builder was given, at once; the first that leads to a node is
     * enough. The node asks them again by itself when it has lost its contacts.
     */
    default JoinResult join() throws InterruptedException {
        return Futures.await(joinAsync());
    }

    /** Like {@link #join}. */
    CompletableFuture<JoinResult> joinAsync();

    /** Returns the records that this node itself holds. */
    LocalStore store();

    /** Returns the peers that this node knows. */
    Peers peers();

    /**
     * Tells the node that the machine is in another network now, or that its network works again. The node then
     * discards what it measured, checks its contacts and joins again if necessary. Returns at once; does nothing once
     * the node is closed.
     */
    void networkChanged();

    /**
     * Asks for the identity of the node at an address; waits at most 5 s.
     *
     * @throws IllegalArgumentException if the host is not resolved, or no node can be there
     */
    default PingResult ping(InetSocketAddress to) throws InterruptedException {
        return Futures.await(pingAsync(to));
    }

    /** Like {@link #ping}. */
    default CompletableFuture<PingResult> pingAsync(InetSocketAddress to) {
        return pingAsync(to, PING_TIMEOUT);
    }

    /**
     * Like {@link #pingAsync(InetSocketAddress)}, with another timeout.
     *
     * @throws IllegalArgumentException unless the timeout is positive and at most one day
     */
    CompletableFuture<PingResult> pingAsync(InetSocketAddress to, Duration timeout);

    /** Returns requests to one peer, for tools and tests. */
    PeerRpc rpc();

    // ---- publishing -------------------------------------------------------------------------------------------

    /**
     * Publishes for this node's {@linkplain #agent() agent}: where it can be reached, an entry under a topic, or its
     * profile. Keeps it published until the publication or the node is closed. Waits until the first replicas are
     * stored; {@link Publication#state()} says how many, and {@link Publication#notices()} what else the publisher
     * should know.
     */
    default Publication publish(RecordPayload payload) throws InterruptedException {
        return Futures.await(publishAsync(payload));
    }

    /** Like {@link #publish(RecordPayload)}. */
    default CompletableFuture<Publication> publishAsync(RecordPayload payload) {
        return publishAsync(agent(), payload);
    }

    /**
     * Publishes for {@code speaker}, like {@link #publish(RecordPayload)}. If its delegation ends within the hour, its
     * records are valid until then only; an agent whose delegation has ended is refused.
     */
    default Publication publish(Agent speaker, RecordPayload payload) throws InterruptedException {
        return Futures.await(publishAsync(speaker, payload));
    }

    /** Like {@link #publish(Agent, RecordPayload)}. */
    CompletableFuture<Publication> publishAsync(Agent speaker, RecordPayload payload);

    /**
     * Publishes for this node's {@linkplain #agent() agent}, like {@link #publish(RecordPayload)}, and keeps it
     * published over restarts and crashes: a node that is started with the same {@linkplain
     * DhtNodeBuilder#publicationsFile file} resumes it with a newer record ({@link Publications#resume}). What was kept
     * of the same agent and type at the same key is closed. Closing the publication ends this; closing the node does
     * not. Nothing is sent before the file is written; if that fails, it is logged, and the publication ends with the
     * node. Refused if the node has no such file.
     */
    default Publication publishKept(RecordPayload payload) throws InterruptedException {
        return Futures.await(publishKeptAsync(payload));
    }

    /** Like {@link #publishKept(RecordPayload)}. */
    default CompletableFuture<Publication> publishKeptAsync(RecordPayload payload) {
        return publishKeptAsync(agent(), payload);
    }

    /**
     * Like {@link #publishKept(RecordPayload)}, for {@code speaker}. The key of an agent is never in the file: unless
     * it is the node's own, the application resumes its publications with {@link Publications#resume}.
     */
    default Publication publishKept(Agent speaker, RecordPayload payload) throws InterruptedException {
        return Futures.await(publishKeptAsync(speaker, payload));
    }

    /** Like {@link #publishKept(Agent, RecordPayload)}. */
    CompletableFuture<Publication> publishKeptAsync(Agent speaker, RecordPayload payload);

    /**
     * Publishes a record that was signed elsewhere, at the key that it names: that of its address, its topic or its
     * recipient. The record is checked before anything is sent, and kept in the network until it expires or the
     * publication is closed. To renew it, have its signer sign a newer one and publish that.
     */
    default Publication publish(SignedRecord record) throws InterruptedException {
        return Futures.await(publishAsync(record));
    }

    /** Like {@link #publish(SignedRecord)}. */
    CompletableFuture<Publication> publishAsync(SignedRecord record);

    /** Like {@link #publish(SignedRecord)}, for types of topic and mailbox records that name no key. */
    default Publication publish(NodeId key, SignedRecord record) throws InterruptedException {
        return Futures.await(publishAsync(key, record));
    }

    /** Like {@link #publish(NodeId, SignedRecord)}. */
    CompletableFuture<Publication> publishAsync(NodeId key, SignedRecord record);

    /** Returns all that this node keeps published. */
    Publications publications();

    // ---- mail -------------------------------------------------------------------------------------------------

    /**
     * Sends a note that only its recipient can read (wire.md section 15), signed by this node's {@linkplain #agent()
     * agent}. It stays in the network for an hour, so that the recipient need not be online now; but the recipient must
     * have published an endpoint record that is still valid, as that holds the key to seal with.
     *
     * @param type 0 to 255; see the constants of {@link io.a2al.protocol.mailbox.Mail}
     * @param body at most as long as {@link Agent#longestMail} says; a longer one is refused before anything is sent
     */
    default SendResult sendMail(Address recipient, int type, Bytes body) throws InterruptedException {
        return Futures.await(sendMailAsync(recipient, type, body));
    }

    /** Like {@link #sendMail(Address, int, Bytes)}. */
    default CompletableFuture<SendResult> sendMailAsync(Address recipient, int type, Bytes body) {
        return sendMailAsync(agent(), recipient, type, body);
    }

    /** Like {@link #sendMail(Address, int, Bytes)}, signed by another agent. */
    default SendResult sendMail(Agent sender, Address recipient, int type, Bytes body) throws InterruptedException {
        return Futures.await(sendMailAsync(sender, recipient, type, body));
    }

    /** Like {@link #sendMail(Agent, Address, int, Bytes)}. */
    CompletableFuture<SendResult> sendMailAsync(Agent sender, Address recipient, int type, Bytes body);

    /** Collects and opens the notes for this node's {@linkplain #agent() agent}; they stay in the network. */
    default MailResult readMail() throws InterruptedException {
        return Futures.await(readMailAsync());
    }

    /** Like {@link #readMail()}. */
    default CompletableFuture<MailResult> readMailAsync() {
        return readMailAsync(agent());
    }

    /** Like {@link #readMail()}, for another agent. */
    default MailResult readMail(Agent reader) throws InterruptedException {
        return Futures.await(readMailAsync(reader));
    }

    /** Like {@link #readMail(Agent)}. */
    CompletableFuture<MailResult> readMailAsync(Agent reader);

    /**
     * Returns the keys of the notes that an agent was given, by {@link #listenMail} or as {@link #markDelivered} says;
     * {@link DeliveredMail#keyOf} tells a note's key. None without a file of {@linkplain DhtNodeBuilder#deliveredMail
     * delivered mail}.
     */
    Set<Bytes> deliveredMail(Agent reader);

    /**
     * Notes that an agent was given a note in another way than by {@link #listenMail}, which then does not pass it on
     * to one that begins to listen. That is on the disk within a second; without a file of delivered mail, nothing is
     * kept.
     *
     * @param key of the note
     * @param expires until when this is known, in Unix seconds, unsigned: {@link DeliveredMail#endOf} of its record
     * @throws IllegalArgumentException if {@code key} has not the length of a note's key
     */
    void markDelivered(Agent reader, Bytes key, long expires);

    // ---- finding ----------------------------------------------------------------------------------------------

    /** Returns lookups of all kinds, with parameters to choose. */
    Query query();

    /** Finds where an agent can be reached: the newest record among those of several holders (node.md 10.5). */
    default ResolveResult resolve(Address agent) throws InterruptedException {
        return Futures.await(resolveAsync(agent));
    }

    /** Like {@link #resolve}. */
    default CompletableFuture<ResolveResult> resolveAsync(Address agent) {
        return query().resolveAsync(agent);
    }

    /** Finds the entries under a topic that {@code filter} accepts. */
    default DiscoverResult discover(String topic, TopicFilter filter) throws InterruptedException {
        return Futures.await(discoverAsync(topic, filter));
    }

    /** Like {@link #discover}. */
    default CompletableFuture<DiscoverResult> discoverAsync(String topic, TopicFilter filter) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(filter, "filter");
        return Futures.derive(
                query().aggregateAsync(Topics.keyOf(topic), RecordType.TOPIC),
                found -> new DiscoverResult(
                        found.records().stream()
                                .map(TopicEntry::of)
                                .filter(entry -> filter.matches(entry.payload()))
                                .toList(),
                        found.report()));
    }

    // ---- listening --------------------------------------------------------------------------------------------

    /**
     * Calls {@code consumer} for every record at a key, those that exist and those to come, until the subscription or
     * the node is closed: for each note once, and for each newer version of other records. A record that is stored at
     * this node, or pushed by nodes that support it, is delivered at once, others within minutes.
     *
     * @param type the record type, 0 to 255; 0 for any
     * @throws RefusedException at the limit of listeners
     * @throws NodeClosedException if the node is closed
     */
    Subscription listen(NodeId key, int type, Consumer<VerifiedRecord> consumer);

    /** Like {@link #listen}, for the entries under a topic that {@code filter} accepts. */
    Subscription listenTopic(String topic, TopicFilter filter, Consumer<TopicEntry> consumer);

    /**
     * Like {@link #listen}, for mail to this node's {@linkplain #agent() agent} that can be opened. With a file of
     * {@linkplain DhtNodeBuilder#deliveredMail delivered mail}, a note that a consumer took is not passed on to one
     * that begins to listen later, also after a restart; without, each consumer is given all notes there are.
     */
    default Subscription listenMail(Consumer<ReceivedMail> consumer) {
        return listenMail(agent(), consumer);
    }

    /** Like {@link #listenMail(Consumer)}, for mail to another agent. */
    Subscription listenMail(Agent reader, Consumer<ReceivedMail> consumer);

    /**
     * Calls {@code consumer} for what happens to this node from now on, until the subscription or the node is closed.
     * Events are for watching: they consume nothing, and some may be dropped if the consumer is slow. Costs nothing
     * while no application watches. Implementations without events throw {@link UnsupportedOperationException}.
     *
     * @throws RefusedException at the limit of 64 such consumers
     * @throws NodeClosedException if the node is closed
     */
    default EventSubscription listenEvents(Consumer<NodeEvent> consumer) {
        throw new UnsupportedOperationException("this kind of node reports no events; use a DhtNode of its builder");
    }
}
