package io.a2al.dht;

import io.a2al.core.NodeSettings;
import io.a2al.core.guard.GuardSettings;
import io.a2al.dht.files.StoreFile;
import io.a2al.dht.peers.SavedContacts;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.peers.SeenPeersFile;
import io.a2al.dht.peers.SystemTxtResolver;
import io.a2al.dht.transport.TimeSource;
import io.a2al.dht.transport.Transport;
import io.a2al.dht.transport.UdpTransport;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects what a node needs. Not thread-safe. */
public final class DhtNodeBuilder {

    private @Nullable Identity identity;
    private @Nullable Agent agent;
    private @Nullable Transport transport;
    private InetSocketAddress listen = new InetSocketAddress(DhtNode.DEFAULT_PORT);
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    private NodeSettings settings = NodeSettings.DEFAULT.withGuard(
            GuardSettings.forProcessors(Runtime.getRuntime().availableProcessors()));
    private RandomGenerator random = new SecureRandom();
    private TimeSource time = TimeSource.SYSTEM;
    private boolean serving = true;
    private boolean privateNetwork;
    private boolean echoProbe;
    private Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener = Optional.empty();
    private @Nullable RecordPolicy recordPolicy;

    private final List<SeedSource> seedSources = new ArrayList<>();
    private Optional<SavedContacts> savedContacts = Optional.empty();
    private Optional<SeenPeersFile> seenPeers = Optional.empty();
    private Optional<StoreFile> storeFile = Optional.empty();

    DhtNodeBuilder() {}

    /** Who the node is; required. */
    public DhtNodeBuilder identity(Identity value) {
        identity = value;
        return this;
    }

    /**
     * For whom the node publishes and reads mail unless it is told otherwise at the call; by default for its own
     * identity's address. The agent's key need not be the node's.
     */
    public DhtNodeBuilder agent(Agent value) {
        agent = value;
        return this;
    }

    /** Where to listen, port {@value DhtNode#DEFAULT_PORT} on all addresses by default; port 0 for any free one. */
    public DhtNodeBuilder listen(InetSocketAddress value) {
        listen = value;
        return this;
    }

    /** How many threads receive; one per processor by default. */
    public DhtNodeBuilder threads(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("a node needs at least one thread, not " + value);
        }
        threads = value;
        return this;
    }

    /** A transport of the application's own instead of UDP; the node closes it. */
    public DhtNodeBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    /**
     * Only asks and answers nobody, for a node that leaves soon: others learn a node by its answers, and would ask it
     * in vain when it has gone.
     */
    public DhtNodeBuilder clientMode() {
        serving = false;
        return this;
    }

    /**
     * Is told how each peer that answers a request sees this node: the peer's NodeID, and this node's address. Called
     * on threads of its own, never on a receiving one, and perhaps on several at a time.
     */
    public DhtNodeBuilder onObservedAddress(BiConsumer<NodeId, Endpoint> listener) {
        observedAddressListener = Optional.of(listener);
        return this;
    }

    /**
     * Who may publish what, in place of the standard policy (node.md section 15): asked by this node's store about
     * records that others offer, and about every record that it reads. For example {@code
     * RecordPolicy.standard().and((key, record, now) -> isMember(record.record().address()))} for a closed circle,
     * {@link RecordPolicy#ownerOnly()} to let topic entries and mail live at any key, or {@link
     * RecordPolicy#acceptAll()} to switch it off: then anybody can publish for any address.
     */
    public DhtNodeBuilder recordPolicy(RecordPolicy value) {
        recordPolicy = value;
        return this;
    }

    /** Addresses that {@link DhtNode#join} goes through. Can be called repeatedly, as can the next ones. */
    public DhtNodeBuilder seeds(List<InetSocketAddress> addresses) {
        return seedSource(SeedSource.configured(addresses));
    }

    /**
     * A name whose TXT records in the DNS list addresses that {@link DhtNode#join} goes through; the customary one is
     * {@code _a2al-bootstrap.a2al.org}. Not asked for unless given here.
     */
    public DhtNodeBuilder bootstrapDns(String name) {
        return seedSource(SeedSource.dns(new SystemTxtResolver(), name, DhtNode.DEFAULT_PORT));
    }

    /** Any other source of addresses that {@link DhtNode#join} goes through. */
    public DhtNodeBuilder seedSource(SeedSource source) {
        seedSources.add(source);
        return this;
    }

    /**
     * A file of addresses that {@link DhtNode#join} goes through, and that the node writes its best contacts to, hourly
     * and when it is closed; it need not exist. Not for two nodes.
     */
    public DhtNodeBuilder savedContacts(Path file) {
        SavedContacts saved = new SavedContacts(file);
        savedContacts = Optional.of(saved);
        return seedSource(SeedSource.saved(saved, DhtNode.DEFAULT_PORT));
    }

    /**
     * A file of the peers that answered within the last seven days, for counting them across restarts; read at the
     * start, written hourly and when the node is closed; it need not exist. Not for two nodes.
     */
    public DhtNodeBuilder seenPeers(Path file) {
        seenPeers = Optional.of(new SeenPeersFile(file));
        return this;
    }

    /**
     * For a network of private addresses, which may have many nodes in one subnet: private, link-local and
     * provider-shared addresses are exempt from rates and from limits per subnet, and may be the node's own address in
     * the eyes of others. Whoever can send from such an address can then flood the node.
     */
    public DhtNodeBuilder privateNetwork() {
        privateNetwork = true;
        return this;
    }

    /**
     * A file of the records that the node keeps for others and of its own, so that it has them again after a restart;
     * written hourly and when the node is closed; it need not exist. It is read beside the start: with 100,000 records
     * the last of them are back some seconds later. A damaged file loses what is damaged. Not for two nodes.
     */
    public DhtNodeBuilder storeFile(Path file) {
        storeFile = Optional.of(new StoreFile(file));
        return this;
    }

    /**
     * Returns echo probes (wire.md 2.3), by which tools find out whether UDP gets through and with how many bytes. Off
     * unless called: probes are not signed. An echo never goes to an address where a node is known to be, never twice
     * with the same bytes to the same address, and at most twice a second to one address and twenty times a second in
     * all.
     */
    public DhtNodeBuilder echoProbe() {
        echoProbe = true;
        return this;
    }

    /** Limits and intervals. */
    public DhtNodeBuilder settings(NodeSettings value) {
        settings = value;
        return this;
    }

    /** Where random numbers come from; must be unpredictable outside of tests. */
    public DhtNodeBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** Where the time comes from. */
    public DhtNodeBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Opens the socket and builds a node that is not started yet.
     *
     * @throws IOException if the address cannot be bound, for example because the port is taken
     * @throws NullPointerException if no identity was given
     */
    public DhtNode build() throws IOException {
        Identity who = Objects.requireNonNull(identity, "a node needs an identity");
        return new DhtNode(this, who, transport != null ? transport : UdpTransport.open(listen, threads));
    }

    Agent agentOr(Identity self) {
        return agent != null ? agent : Agent.self(self);
    }

    NodeSettings settings() {
        NodeSettings forNetwork = privateNetwork ? settings.forPrivateNetwork() : settings;
        NodeSettings withEchoes =
                echoProbe ? forNetwork.withGuard(forNetwork.guard().withEchoProbe()) : forNetwork;
        return recordPolicy == null ? withEchoes : withEchoes.withPolicy(recordPolicy);
    }

    RandomGenerator random() {
        return random;
    }

    TimeSource time() {
        return time;
    }

    boolean isServing() {
        return serving;
    }

    Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener() {
        return observedAddressListener;
    }

    List<SeedSource> seedSources() {
        return seedSources;
    }

    Optional<SavedContacts> savedContacts() {
        return savedContacts;
    }

    Optional<StoreFile> storeFile() {
        return storeFile;
    }

    Optional<SeenPeersFile> seenPeers() {
        return seenPeers;
    }
}
