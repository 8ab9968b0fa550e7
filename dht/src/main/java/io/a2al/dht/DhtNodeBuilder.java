package io.a2al.dht;

import io.a2al.core.NodeSettings;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.membership.MembershipSettings;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.files.SequenceFile;
import io.a2al.dht.peers.SavedContacts;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.peers.SeenPeersFile;
import io.a2al.dht.peers.SystemTxtResolver;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.HostResolver;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a node. A null argument is refused at once, with {@link NullPointerException} and its name. Not thread-safe;
 * builds one node.
 */
public final class DhtNodeBuilder {

    /** After a crash, what is known of peers is at most this old. */
    private static final Duration SAVE_INTERVAL = Duration.ofMinutes(1);

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
    private int roaming;
    private Optional<BiConsumer<NodeId, Endpoint>> observedAddressListener = Optional.empty();
    private @Nullable RecordPolicy recordPolicy;

    private HostResolver hostResolver = HostResolver.SYSTEM;
    private final List<InetSocketAddress> seeds = new ArrayList<>();
    private final List<String> dnsNames = new ArrayList<>();
    private final List<SeedSource> seedSources = new ArrayList<>();
    private Optional<SavedContacts> savedContacts = Optional.empty();
    private Optional<SeenPeersFile> seenPeers = Optional.empty();
    private Optional<DeliveredMail> deliveredMail = Optional.empty();
    private Optional<Path> storeFile = Optional.empty();
    private Durability durability = Durability.SECOND;
    private Optional<PublicationFile> publicationsFile = Optional.empty();

    DhtNodeBuilder() {}

    /** Sets the node's identity; required. */
    public DhtNodeBuilder identity(Identity value) {
        identity = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Sets the agent that the node publishes and reads mail for where a call names none; by default that of the node's
     * own identity. The agent's key need not be the node's.
     */
    public DhtNodeBuilder agent(Agent value) {
        agent = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Sets the address to listen on; by default port {@value DhtNode#DEFAULT_PORT} on all addresses. Port 0 stands for
     * any free port. On an unspecified IP address the node has a socket for each address of the machine, follows
     * addresses that come and go, and answers from the address that was asked.
     *
     * @throws IllegalArgumentException if the host is not resolved
     */
    public DhtNodeBuilder listen(InetSocketAddress value) {
        Objects.requireNonNull(value, "value");
        listen = Endpoints.requireResolved(value);
        return this;
    }

    /**
     * Sets the number of threads that receive; by default one for each processor.
     *
     * @throws IllegalArgumentException below 1
     */
    public DhtNodeBuilder threads(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("threads of a node: " + value + "; give at least 1");
        }
        threads = value;
        return this;
    }

    /** Sets a transport to use in place of UDP. The node closes it, also if building or starting the node fails. */
    public DhtNodeBuilder transport(Transport value) {
        transport = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Makes the node ask only and answer no request but the PINGs by which the nodes that it asks verify its address.
     * For a node that runs for a short time: peers do not learn it, so that none asks it in vain once it is gone.
     */
    public DhtNodeBuilder clientMode() {
        serving = false;
        return this;
    }

    /**
     * Sets a listener that is called whenever a peer answers a request, with the peer's NodeID and this node's address
     * as the peer sees it. It is called on threads of its own, never on a receiving one, and possibly on several at a
     * time.
     */
    public DhtNodeBuilder onObservedAddress(BiConsumer<NodeId, Endpoint> listener) {
        observedAddressListener = Optional.of(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets who may publish what, in place of the standard policy (node.md section 15). The node's store asks it about
     * records that other nodes send, and every lookup about the records that it reads. For example {@code
     * RecordPolicy.standard().and((key, record, now) -> isMember(record.record().address()))} for a closed group,
     * {@link RecordPolicy#ownerOnly()} to let topic entries and mail live at any key, or {@link
     * RecordPolicy#acceptAll()} to switch it off; then every key can publish for any address. A record is refused where
     * the policy throws.
     */
    public DhtNodeBuilder recordPolicy(RecordPolicy value) {
        recordPolicy = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Adds addresses that {@link DhtNode#join} goes through. Host names may be unresolved: they are resolved when the
     * node joins, and again whenever it looks for seeds, and each stands for all its addresses. Can be called
     * repeatedly, like the next methods.
     *
     * @throws IllegalArgumentException if no node can be at an address, as its port is 0 or its IP address stands for
     *     several hosts or none
     */
    public DhtNodeBuilder seeds(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> given = Arguments.list(addresses, "addresses");
        given.forEach(Endpoints::requireDialable);
        seeds.addAll(given);
        return this;
    }

    /**
     * Sets what resolves the host names of seeds; by default the JVM's resolver. It is called on threads of its own.
     */
    public DhtNodeBuilder hostResolver(HostResolver value) {
        hostResolver = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Adds a DNS name whose TXT records list addresses that {@link DhtNode#join} goes through; the usual one is
     * {@code _a2al-bootstrap.a2al.org}. The node asks no DNS unless this is called.
     */
    public DhtNodeBuilder bootstrapDns(String name) {
        dnsNames.add(Objects.requireNonNull(name, "name"));
        return this;
    }

    /** Adds any other source of addresses that {@link DhtNode#join} goes through. */
    public DhtNodeBuilder seedSource(SeedSource source) {
        seedSources.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Sets a file of what the node knows of the network: its best contacts, their round-trip times, and the network's
     * size. {@link DhtNode#join} goes through these contacts. The node writes the file every minute and when it is
     * closed. It is a JSON object; the former form, a list of addresses, is read as well. The file need not exist; two
     * nodes must not share it.
     */
    public DhtNodeBuilder savedContacts(Path file) {
        savedContacts = Optional.of(new SavedContacts(Objects.requireNonNull(file, "file")));
        return this;
    }

    /**
     * Sets a file of the peers that answered within the last seven days, so that they are counted across restarts. It
     * is read when the node is built, and written every minute and when the node is closed. The file need not exist;
     * two nodes must not share it.
     */
    public DhtNodeBuilder seenPeers(Path file) {
        seenPeers = Optional.of(new SeenPeersFile(Objects.requireNonNull(file, "file")));
        return this;
    }

    /**
     * Sets a file of the notes that listeners were given, so that {@link DhtNode#listenMail} does not give them again
     * after a restart. A note counts as given when the listener has returned; that is on the disk within a second. It
     * is given again if the listener throws, or if the node crashes within that second, so none is lost unread. The
     * file holds no content and no sender, but codes of at most 4,096 notes of an agent, until their records expire. It
     * need not exist; two nodes must not share it.
     */
    public DhtNodeBuilder deliveredMail(Path file) {
        deliveredMail = Optional.of(new DeliveredMail(Objects.requireNonNull(file, "file")));
        return this;
    }

    /**
     * Adapts the node to a network of private addresses, which may have many nodes in one subnet: private, link-local
     * and provider-shared addresses are exempt from rate limits and from limits per subnet, and may be the node's own
     * address as peers see it. A host with such an address can then flood the node.
     */
    public DhtNodeBuilder privateNetwork() {
        privateNetwork = true;
        return this;
    }

    /**
     * Sets a file of the records that the node holds, for other nodes and of its own, so that it has them again after a
     * restart or a crash. It is written as records change (see {@link #durability}), and read while the node starts.
     * Files with the same name and a suffix stand beside it: {@code .secret}, {@code .version}, and {@code .sequence},
     * by which the node never signs a record with an earlier sequence number. Of a damaged file only the damaged
     * entries are lost. The file need not exist; two nodes must not share it. While the disk is full or cannot be
     * written, the node goes on without, and catches up.
     */
    public DhtNodeBuilder storeFile(Path file) {
        storeFile = Optional.of(Objects.requireNonNull(file, "file"));
        return this;
    }

    /**
     * Sets when a stored record is on the disk; by default {@link Durability#SECOND}. Sequence numbers are kept in any
     * case.
     */
    public DhtNodeBuilder durability(Durability value) {
        durability = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Sets a file of the publications that the node resumes when it is started again, after it was closed or has
     * crashed: those of {@link DhtNode#publishKept}, and records that the node cannot renew, such as notes, until they
     * expire. Without {@link #storeFile} a file with the same name and the suffix {@code .sequence} stands beside it.
     * No secret is in them. The file is read when the node is built; a damaged one is renamed with the suffix
     * {@code .damaged}. It need not exist; two nodes must not share it. Of either kind as many are kept as
     * the node may have publications (131,072 by default, {@code PublishSettings.withMaxPublications}).
     */
    public DhtNodeBuilder publicationsFile(Path file) {
        publicationsFile = Optional.of(new PublicationFile(Objects.requireNonNull(file, "file")));
        return this;
    }

    /**
     * Makes the node return echo probes (wire.md 2.3), by which tools find out whether UDP gets through and with how
     * many bytes. Off by default, as probes are not signed. The node never sends an echo to an address where it knows a
     * node, never the same bytes twice to the same address, and at most two a second to one address and twenty a second
     * in all.
     */
    public DhtNodeBuilder echoProbe() {
        echoProbe = true;
        return this;
    }

    /**
     * Makes the node walk the network, asking this many nodes a second for their neighbours, so that it soon knows all
     * nodes, up to 16,384 by default, and most lookups begin at nodes that have the record. Off by default: what a node
     * meets anyway is remembered without it. For nodes that resolve much; 20 a second walk a network of 10,000 nodes in
     * ten minutes. Applies on top of {@link #settings}.
     *
     * @throws IllegalArgumentException if it is not within 1 to {@value RoutingSettings#MAX_ROAMING}
     */
    public DhtNodeBuilder roam(int requestsPerSecond) {
        if (requestsPerSecond < 1 || requestsPerSecond > RoutingSettings.MAX_ROAMING) {
            throw new IllegalArgumentException("requests a second to walk the network: " + requestsPerSecond
                    + "; give 1 to " + RoutingSettings.MAX_ROAMING);
        }
        roaming = requestsPerSecond;
        return this;
    }

    /** Sets limits and intervals. */
    public DhtNodeBuilder settings(NodeSettings value) {
        settings = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Sets the source of random numbers, which must be unpredictable except in tests; by default the system's. */
    public DhtNodeBuilder random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Sets the source of time; by default the system's clocks. */
    public DhtNodeBuilder time(TimeSource value) {
        time = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Opens the socket and builds a node, which is not started yet. If this fails, nothing stays open.
     *
     * @throws IOException if the address cannot be bound; the message names the address and the remedy
     * @throws NullPointerException if no identity was given
     */
    public DhtNode build() throws IOException {
        Identity self = Objects.requireNonNull(identity, "a node needs an identity; call identity(…)");
        Transport used = transport != null ? transport : UdpTransport.open(listen, threads);
        boolean built = false;
        try {
            DhtNode node = new LocalDhtNode(this, self, used);
            built = true;
            return node;
        } finally {
            if (!built) {
                used.close();
            }
        }
    }

    Agent agentOr(Identity self) {
        return agent != null ? agent : Agent.self(self);
    }

    NodeSettings settings(ApplicationCalls calls) {
        NodeSettings forNetwork = privateNetwork ? settings.forPrivateNetwork() : settings;
        NodeSettings adapted =
                echoProbe ? forNetwork.withGuard(forNetwork.guard().withEchoProbe()) : forNetwork;
        if (roaming > 0) {
            adapted = adapted.withRouting(adapted.routing().withRoaming(roaming));
        }
        RecordPolicy policy = recordPolicy == null ? adapted.policy() : recordPolicy;
        if (durableStore().isPresent()) {
            adapted = adapted.withDurability();
        }
        MembershipSettings membership = adapted.membership();
        if (membership.upkeep().saveInterval().compareTo(SAVE_INTERVAL) > 0) {
            adapted = adapted.withMembership(
                    membership.withUpkeep(membership.upkeep().withSaveInterval(SAVE_INTERVAL)));
        }
        // The standard policy does not throw, and is asked about every record.
        return policy.equals(NodeSettings.DEFAULT.policy())
                ? adapted
                : adapted.withPolicy(new SurvivingPolicy(policy, calls));
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

    /** Returns all sources of seeds. Each name is a source by itself, so that a slow name server delays no other. */
    List<SeedSource> seedSources() {
        List<SeedSource> all = new ArrayList<>();
        List<InetSocketAddress> addresses =
                seeds.stream().filter(seed -> !Endpoints.isNamed(seed)).toList();
        if (!addresses.isEmpty()) {
            all.add(SeedSource.configured(addresses, hostResolver));
        }
        seeds.stream()
                .filter(Endpoints::isNamed)
                .distinct()
                .forEach(name -> all.add(SeedSource.configured(List.of(name), hostResolver)));
        dnsNames.forEach(
                name -> all.add(SeedSource.dns(new SystemTxtResolver(), name, DhtNode.DEFAULT_PORT, hostResolver)));
        savedContacts.ifPresent(file -> all.add(SeedSource.saved(file, DhtNode.DEFAULT_PORT, hostResolver)));
        all.addAll(seedSources);
        return all;
    }

    HostResolver hostResolver() {
        return hostResolver;
    }

    Optional<SavedContacts> savedContacts() {
        return savedContacts;
    }

    Optional<DeliveredMail> deliveredMail() {
        return deliveredMail;
    }

    /** Returns the file of records, if they are to be kept. */
    Optional<Path> durableStore() {
        return storeFile.filter(file -> durability != Durability.NONE);
    }

    Optional<PublicationFile> publicationsFile() {
        return publicationsFile;
    }

    /** Returns the file that bounds the sequence numbers of this node's records, whether or not others are kept. */
    Optional<SequenceFile> sequenceFile() {
        return storeFile
                .or(() -> publicationsFile.map(PublicationFile::path))
                .map(file -> new SequenceFile(file.resolveSibling(file.getFileName() + ".sequence")));
    }

    boolean isStrict() {
        return durability == Durability.STRICT;
    }

    Optional<SeenPeersFile> seenPeers() {
        return seenPeers;
    }
}
