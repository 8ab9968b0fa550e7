package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.KnownNetwork;
import io.a2al.core.api.Reach;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.membership.MembershipSettings;
import io.a2al.dht.peers.SavedContacts;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.result.JoinResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.HostResolver;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways into the network, and what is written down for the next start. */
@Timeout(60)
class JoinTest {

    private static final InetSocketAddress UNUSED = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private final MemoryNetwork network = new MemoryNetwork();
    private DhtNode member;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        member = newNode("member").build().start();
    }

    @AfterEach
    void close() {
        member.close();
    }

    private DhtNodeBuilder newNode(String name) {
        return DhtNode.builder().identity(TestNodes.identity(name)).transport(network.newTransport());
    }

    private static InetSocketAddress addressOf(DhtNode node) {
        return Endpoints.toSocketAddress(node.localEndpoint());
    }

    private static Contact contactOf(DhtNode node) {
        return Contact.of(node.address(), node.localEndpoint());
    }

    /** A source that answers when it is told to. */
    private record SlowSource(CountDownLatch released, List<InetSocketAddress> addresses) implements SeedSource {

        @Override
        public String description() {
            return "slow source";
        }

        @Override
        public List<InetSocketAddress> addresses() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return addresses;
        }
    }

    @Test
    void theFirstSourceThatLeadsAnywhereIsEnough() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (DhtNode node = newNode("joining")
                .seedSource(new SlowSource(never, List.of()))
                .seedSource(SeedSource.dns(
                        name -> {
                            throw new IOException("no such name");
                        },
                        "seeds.test",
                        DhtNode.DEFAULT_PORT))
                .seeds(List.of(UNUSED, addressOf(member)))
                .build()
                .start()) {
            assertThat(node.join().isConnected()).isTrue();
            assertThat(node.contacts()).containsExactly(contactOf(member));
            never.countDown();
        }
    }

    @Test
    void theDnsIsASource() throws Exception {
        try (DhtNode node = newNode("joining")
                .seedSource(SeedSource.dns(
                        name -> List.of("nonsense, " + member.localEndpoint()), "seeds.test", DhtNode.DEFAULT_PORT))
                .build()
                .start()) {
            assertThat(node.join()).isEqualTo(new JoinResult(1, 1, 1));
        }
    }

    private static final InetAddress DEAD = InetAddress.ofLiteral("127.0.0.9");

    /** Seeds named in the configuration, in the DNS, and in a call: the first address of the name is dead. */
    @Test
    void aNameStandsForAllItsAddresses() throws Exception {
        InetSocketAddress name = InetSocketAddress.createUnresolved(
                "seeds.test", addressOf(member).getPort());
        HostResolver resolver = host -> List.of(DEAD, addressOf(member).getAddress());
        try (DhtNode configured = newNode("configured")
                        .hostResolver(resolver)
                        .seeds(List.of(name))
                        .build()
                        .start();
                DhtNode told = newNode("told")
                        .seedSource(SeedSource.dns(dns -> List.of(Endpoints.text(name)), "dns.test", 1, resolver))
                        .build()
                        .start();
                DhtNode called =
                        newNode("called").hostResolver(resolver).build().start()) {
            for (JoinResult joined : List.of(configured.join(), told.join(), called.bootstrap(List.of(name)))) {
                assertThat(joined.seedsAsked()).isEqualTo(2);
                assertThat(joined.seedsAnswered()).isEqualTo(1);
                assertThat(joined.isConnected()).isTrue();
            }
        }
    }

    /** A machine that has no name servers yet when it starts; both ways to give a seed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameThatCannotBeResolvedAtTheStartIsResolvedLater(boolean configured) throws Exception {
        InetSocketAddress name = InetSocketAddress.createUnresolved(
                "seed.test", addressOf(member).getPort());
        AtomicInteger resolved = new AtomicInteger();
        HostResolver late = host -> {
            if (resolved.incrementAndGet() < 3) {
                throw new UnknownHostException(host);
            }
            return List.of(addressOf(member).getAddress());
        };
        MembershipSettings defaults = NodeSettings.DEFAULT.membership();
        NodeSettings hasty =
                NodeSettings.DEFAULT.withMembership(defaults.withRetries(Duration.ofMillis(20), Duration.ofMillis(20))
                        .withUpkeep(defaults.upkeep().withTick(Duration.ofMillis(20))));
        DhtNodeBuilder builder = newNode("early").settings(hasty).hostResolver(late);
        try (DhtNode node =
                (configured ? builder.seeds(List.of(name)) : builder).build().start()) {
            JoinResult first = configured ? node.join() : node.bootstrap(List.of(name));
            assertThat(first).isEqualTo(new JoinResult(0, 0, 0));
            while (node.contacts().isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aNameThatCannotBeResolvedHidesNoOtherSeed() throws Exception {
        InetSocketAddress name = InetSocketAddress.createUnresolved("seed.test", 1);
        HostResolver none = host -> {
            throw new UnknownHostException(host);
        };
        try (DhtNode node = newNode("joining").hostResolver(none).build().start()) {
            assertThat(node.bootstrap(List.of(name, addressOf(member))).isConnected())
                    .isTrue();
        }
    }

    @Test
    void withoutSourcesJoiningEndsAtOnce() throws Exception {
        try (DhtNode node = newNode("joining").build().start()) {
            assertThat(node.join()).isEqualTo(new JoinResult(0, 0, 0));
        }
    }

    @Test
    void contactsAreSavedAndUsedAfterARestart() throws Exception {
        Path contacts = folder.resolve("contacts.json");
        try (DhtNode node =
                newNode("restarting").savedContacts(contacts).build().start()) {
            assertThat(node.join().isConnected()).isFalse();
            node.bootstrap(List.of(addressOf(member)));
        }
        assertThat(Files.readString(contacts)).contains(member.localEndpoint().toString());
        try (DhtNode node =
                newNode("restarting").savedContacts(contacts).build().start()) {
            assertThat(node.join().isConnected()).isTrue();
            assertThat(node.contacts()).containsExactly(contactOf(member));
        }
    }

    @Test
    void roundTripsAndTheSizeOfTheNetworkAreKnownAfterARestart() throws Exception {
        Path contacts = folder.resolve("contacts");
        try (DhtNode node =
                newNode("restarting").savedContacts(contacts).build().start()) {
            node.bootstrap(List.of(addressOf(member)));
        }
        KnownNetwork saved = new SavedContacts(contacts).read().known();
        assertThat(saved.size().nodes()).isPositive();
        assertThat(saved.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.nodeId()).isEqualTo(member.nodeId());
            assertThat(peer.roundTripNanos()).isPositive();
            assertThat(peer.heardUnixSeconds()).isPositive();
        });
        try (DhtNode node =
                newNode("restarting").savedContacts(contacts).build().start()) {
            assertThat(node.peers().roundTripTo(member.nodeId()))
                    .contains(Duration.ofNanos(saved.peers().getFirst().roundTripNanos()));
            assertThat(node.contacts()).as("nothing is proven yet").isEmpty();
            assertThat(node.statistics().table().estimatedNetworkSize())
                    .isEqualTo(saved.size().nodes());
        }
        assertThat(new SavedContacts(contacts).read().known())
                .as("by a node alone")
                .isEqualTo(saved);
    }

    @Test
    void whatIsKnownIsWrittenAlsoByAThreadThatIsInterrupted() throws Exception {
        Path contacts = folder.resolve("contacts");
        DhtNode node = newNode("interrupted").savedContacts(contacts).build().start();
        node.bootstrap(List.of(addressOf(member)));

        Thread.currentThread().interrupt();
        node.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(contacts).content().contains(member.localEndpoint().toString());
    }

    @Test
    void peersSeenAreCountedAcrossRestarts() throws Exception {
        Path seen = folder.resolve("seen-peers");
        try (DhtNode node = newNode("restarting").seenPeers(seen).build().start()) {
            node.ping(addressOf(member));
            assertThat(node.peers().reach()).isEqualTo(new Reach(1, 1, 1, 1));
        }
        assertThat(Files.readString(seen)).matches(member.nodeId().toHex() + " \\d+\n");
        try (DhtNode node = newNode("restarting").seenPeers(seen).build().start()) {
            assertThat(node.peers().reach()).isEqualTo(new Reach(1, 1, 1, 0));
        }
    }

    @Test
    void filesThatCannotBeUsedDoNotMatter() throws Exception {
        Path inTheWay = Files.createDirectory(folder.resolve("directory"));
        Files.createFile(inTheWay.resolve("file"));
        try (DhtNode node = newNode("stubborn")
                .seenPeers(inTheWay)
                .savedContacts(inTheWay)
                .seeds(List.of(addressOf(member)))
                .build()
                .start()) {
            assertThat(node.join().isConnected()).isTrue();
        }
        assertThat(inTheWay.resolve("file")).exists();
    }

    /** The core says when it is time; here every 20 ms. */
    @Test
    void filesAreWrittenNowAndThen() throws Exception {
        Path seen = folder.resolve("seen-peers");
        MembershipSettings defaults = NodeSettings.DEFAULT.membership();
        NodeSettings hasty = NodeSettings.DEFAULT.withMembership(
                defaults.withUpkeep(defaults.upkeep().withSaveInterval(Duration.ofMillis(20))));
        try (WatchService changes = folder.getFileSystem().newWatchService();
                DhtNode node = newNode("writing")
                        .settings(hasty)
                        .seenPeers(seen)
                        .build()
                        .start()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            node.ping(addressOf(member));
            while (!Files.exists(seen) || Files.size(seen) == 0) {
                assertThat(changes.take().reset()).isTrue();
            }
            assertThat(seen).content().startsWith(member.nodeId().toHex());
        }
    }

    @Test
    void theSourcesAreAskedAgainWhenNobodyAnswers() throws Exception {
        CompletableFuture<Integer> third = new CompletableFuture<>();
        CompletableFuture<NodeId> answered = new CompletableFuture<>();
        int[] asked = {0};
        MembershipSettings defaults = NodeSettings.DEFAULT.membership();
        NodeSettings hasty =
                NodeSettings.DEFAULT.withMembership(defaults.withRetries(Duration.ofMillis(20), Duration.ofMillis(20))
                        .withUpkeep(defaults.upkeep().withTick(Duration.ofMillis(20))));
        try (DhtNode node = newNode("lonely")
                .settings(hasty)
                .onObservedAddress((reporter, observed) -> answered.complete(reporter))
                .seedSource(SeedSource.dns(
                        name -> {
                            synchronized (asked) {
                                if (++asked[0] == 3) {
                                    third.complete(asked[0]);
                                }
                                return asked[0] < 3
                                        ? List.of()
                                        : List.of(member.localEndpoint().toString());
                            }
                        },
                        "seeds.test",
                        DhtNode.DEFAULT_PORT))
                .build()
                .start()) {
            assertThat(node.join().isConnected()).isFalse();
            third.join();
            assertThat(answered.get()).isEqualTo(member.nodeId());
            assertThat(node.contacts()).containsExactly(contactOf(member));
        }
    }

    // ---- contacts ---------------------------------------------------------------------------------------------

    @Test
    void knownNodesAreJoinedThrough() throws Exception {
        try (DhtNode node = newNode("joining").build().start();
                DhtNode other = newNode("other").build().start()) {
            assertThat(node.bootstrapThroughAsync(List.of(contactOf(member))).get())
                    .isEqualTo(new JoinResult(1, 1, 1));
            Contact wrong = Contact.of(member.address(), other.localEndpoint());
            assertThat(node.bootstrapThroughAsync(List.of(wrong)).get().seedsAnswered())
                    .isZero();
            Contact incomplete =
                    Contact.of(member.address(), member.localEndpoint().withPort(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> node.bootstrapThroughAsync(List.of(incomplete)))
                    .withMessageStartingWith("not a complete seed: ");
        }
    }

    @Test
    void anApplicationCanVouchForAContact() throws Exception {
        try (DhtNode node = newNode("joining").build().start()) {
            Contact contact = contactOf(member);
            assertThat(node.peers().add(contact)).isTrue();
            assertThat(node.peers().contacts()).containsExactly(contact);
            assertThat(node.peers().healthOf(member.nodeId())).isEqualTo(PeerHealth.State.UNKNOWN);
            assertThat(node.peers().best(5)).containsExactly(contact);
            assertThat(node.peers().best(0)).isEmpty();
            assertThat(node.peers().reach()).as("nothing was sent").isEqualTo(new Reach(0, 0, 0, 0));

            Contact elsewhere = contact.at(contact.endpoint().withPort(9));
            assertThat(node.peers().add(elsewhere)).as("known").isTrue();
            assertThat(node.peers().contacts()).as("but not moved").containsExactly(contact);

            node.ping(addressOf(member));
            assertThat(node.peers().healthOf(member.nodeId())).isEqualTo(PeerHealth.State.GOOD);
        }
    }

    @Test
    void d29_aContactThatCannotBeIsRefused() throws Exception {
        try (DhtNode node = newNode("joining").build().start()) {
            Contact contact = contactOf(member);
            for (Contact impossible : List.of(
                    contact.at(contact.endpoint().withPort(0)),
                    new Contact(contact.address(), contact.nodeId().flipBit(0), contact.endpoint()),
                    contactOf(node))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> node.peers().add(impossible))
                        .withMessageStartingWith("not a contact of another node: ");
            }
            assertThat(node.peers().contacts()).isEmpty();
        }
    }
}
