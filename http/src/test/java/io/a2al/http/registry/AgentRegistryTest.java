package io.a2al.http.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.PublicationState;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.registry.RegistryException.Reason;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AgentRegistryTest {

    private static final Identity NODE = identity(1);
    private static final Identity OPERATIONAL = identity(2);
    private static final Identity OWNER = identity(3);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private Instant now = Instant.now();
    private boolean programAnswers;
    private DhtNode node;
    private AgentRegistry registry;

    private static Identity identity(int number) {
        byte[] seed = new byte[Identity.SEED_LENGTH];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }

    @BeforeEach
    void start() throws IOException {
        node = DhtNode.builder()
                .identity(NODE)
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start();
        registry = open(RegistrySettings.DEFAULT);
    }

    @AfterEach
    void stop() {
        registry.close();
        node.close();
    }

    private AgentRegistry open(RegistrySettings settings) {
        return open(settings, NODE);
    }

    private AgentRegistry open(RegistrySettings settings, Identity sealing) {
        return new AgentRegistry(
                node,
                Optional.of(new RegistryFiles(file(), directory.resolve("agents-mail"), sealing)),
                settings,
                () -> now,
                _ -> programAnswers);
    }

    private Path file() {
        return directory.resolve("agents");
    }

    private void restart() {
        registry.close();
        registry = open(RegistrySettings.DEFAULT);
    }

    private static DelegationProof proof(Identity owner, long expires) {
        return DelegationProof.sign(owner.newSigner(), OPERATIONAL.publicKey(), 1, expires);
    }

    private RegisteredAgent register(Identity owner, long expires, String target) throws Exception {
        DelegationProof proof = proof(owner, expires);
        return registry.register(Agent.delegated(OPERATIONAL, proof), proof, target);
    }

    private RegisteredAgent register() throws Exception {
        return register(OWNER, 0, "");
    }

    private static ServiceEntry service(String topic, String brief) {
        return new ServiceEntry(
                TopicPayload.of(topic, "Babel", List.of("mcp"), List.of()).withBrief(brief), 60);
    }

    private RegisteredAgent published() throws Exception {
        RegisteredAgent agent = register();
        assertThat(registry.heartbeat(agent.address())).isTrue();
        registry.publisher().publish(agent.address());
        registry.publisher().putServices(agent.address(), List.of(service("t", "")));
        assertThat(agent.publicationCount()).isEqualTo(3);
        return agent;
    }

    private static RegistryException refusal(ThrowingCallable call) {
        return catchThrowableOfType(RegistryException.class, call);
    }

    // ---- life -------------------------------------------------------------------------------------------------

    @Test
    void whatIsPublishedEndsWithTheAgentAndComesBackWithIt() throws Exception {
        RegisteredAgent agent = published();
        now = now.plus(HOUR).minusSeconds(1);
        registry.tick();
        assertThat(agent.publicationCount()).isEqualTo(3);

        now = now.plusSeconds(1);
        registry.tick();
        assertThat(agent.publicationCount()).isZero();

        registry.heartbeat(agent.address());
        assertThat(agent.publicationCount()).isEqualTo(3);
    }

    @Test
    void anAgentWhoseProgramAnswersLives() throws Exception {
        RegisteredAgent agent = published();
        registry.setTarget(agent.address(), "localhost:80");
        now = now.plus(HOUR);
        programAnswers = true;
        registry.tick();
        assertThat(agent.publicationCount()).isEqualTo(3);

        programAnswers = false;
        registry.tick();
        assertThat(agent.publicationCount()).isZero();
    }

    @Test
    void afterARestartEverythingIsPublishedAgain() throws Exception {
        Address address = published().address();
        registry.publisher().setProfile(address, Optional.of(AgentProfilePayload.of("Babel", List.of(), List.of("t"))));
        restart();
        RegisteredAgent agent = registry.find(address).orElseThrow();
        assertThat(agent.publicationCount()).isZero();
        registry.tick();
        assertThat(agent.publicationCount()).isEqualTo(3);
        assertThat(agent.kept().profile()).map(AgentProfilePayload::name).hasValue("Babel");
        assertThat(agent.kept().services().get("t").ttl()).isEqualTo(60);
    }

    @Test
    void aRemovedAgentIsForgotten() throws Exception {
        RegisteredAgent agent = published();
        assertThat(registry.remove(agent.address())).isTrue();
        assertThat(agent.publicationCount()).isZero();
        assertThat(registry.remove(agent.address())).isFalse();
        restart();
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void anAgentKeepsItsKey() throws Exception {
        register();
        Identity other = identity(9);
        DelegationProof proof = DelegationProof.sign(OWNER.newSigner(), other.publicKey(), 1, 0);
        assertThat(refusal(() -> registry.register(Agent.delegated(other, proof), proof, ""))
                        .reason())
                .isEqualTo(Reason.OTHER_KEY);
    }

    @Test
    void whatCannotBeWrittenIsNotRegistered() throws Exception {
        Files.createDirectory(directory.resolve("agents.tmp"));
        Files.createFile(directory.resolve("agents.tmp").resolve("in the way"));
        assertThat(refusal(this::register).reason()).isEqualTo(Reason.NOT_SAVED);
        assertThat(registry.all()).isEmpty();
    }

    // ---- weaknesses of other daemons --------------------------------------------------------------------------

    @Test
    void a10_keysAreEncryptedInAFileOfTheOwner() throws Exception {
        Address address = published().address();
        byte[] seed = OPERATIONAL.exportSeed();
        assertThat(Files.readString(file()))
                .contains(address.toString())
                .doesNotContain(Bytes.copyOf(seed).toHex())
                .doesNotContain(Base64.getEncoder().encodeToString(seed).substring(0, 40));
        OwnerOnly.assertOwnerOnly(file());
        restart();
        assertThat(registry.find(address).orElseThrow().kept().agent().key().publicKey())
                .isEqualTo(OPERATIONAL.publicKey());
    }

    @Test
    void a10_aDamagedEntryIsNamedAndNeverErased() throws Exception {
        Address address = register().address();
        String sealed = member("sealed_key", "AAAA");
        restart();
        assertThat(registry.all()).isEmpty();
        assertThat(registry.damaged()).containsExactly(address.toString());

        register(identity(4), 0, "");
        restart();
        assertThat(registry.all()).hasSize(1);
        assertThat(registry.damaged()).containsExactly(address.toString());

        member("sealed_key", sealed);
        restart();
        assertThat(registry.find(address)).isPresent();
        assertThat(registry.damaged()).isEmpty();
    }

    @Test
    void aDamagedEntryCanBeRemoved() throws Exception {
        Address address = register().address();
        String _ = member("sealed_key", "AAAA");
        restart();
        assertThat(registry.remove(address)).isTrue();
        restart();
        assertThat(registry.damaged()).isEmpty();
    }

    /** Sets a member of the entry that is damaged, or else of the first; returns its former value. */
    private String member(String name, String value) throws IOException {
        registry.close();
        ObjectMapper mapper = new ObjectMapper();
        JsonNode root = mapper.readTree(file().toFile());
        ArrayNode damaged = (ArrayNode) root.get("damaged");
        ObjectNode entry = (ObjectNode) (damaged.isEmpty() ? root.get("agents").get(0) : damaged.get(0));
        String former = entry.get(name).textValue();
        entry.put(name, value);
        mapper.writeValue(file().toFile(), root);
        return former;
    }

    /** Else an agent could be given a key of another, and be registered with that at the next start. */
    @Test
    void a10_aKeyOpensForItsAgentOnly() {
        KeySeal seal = new KeySeal(NODE);
        Bytes sealed = seal.seal(OWNER.address(), OPERATIONAL);
        assertThat(seal.open(OWNER.address(), sealed).publicKey()).isEqualTo(OPERATIONAL.publicKey());
        assertThatThrownBy(() -> seal.open(NODE.address(), sealed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeySeal(OWNER).open(OWNER.address(), sealed))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a10_aFileOfAnotherIdentityIsKept() throws Exception {
        Address address = register().address();
        registry.close();
        registry = open(RegistrySettings.DEFAULT, identity(7));
        assertThat(registry.damaged()).containsExactly(address.toString());
        register(identity(4), 0, "");
        restart();
        assertThat(registry.find(address)).isPresent();
    }

    @Test
    void a10_aFileThatIsNoneIsSetAside() throws Exception {
        registry.close();
        Files.writeString(file(), "no JSON");
        registry = open(RegistrySettings.DEFAULT);
        assertThat(registry.all()).isEmpty();
        assertThat(directory.resolve("agents.damaged")).hasContent("no JSON");
    }

    @Test
    void a04_whatWasDeliveredIsNotNewAfterARestart() throws Exception {
        RegisteredAgent agent = published();
        var _ = node.sendMail(agent.address(), Mail.TEXT, Bytes.EMPTY);
        List<AgentNote> first = registry.mail().fresh(agent);
        assertThat(first).hasSize(1);
        restart();
        RegisteredAgent later = registry.all().getFirst();
        assertThat(registry.mail().fresh(later))
                .extracting(AgentNote::id)
                .containsExactly(first.getFirst().id());
        registry.mail().markDelivered(later, first);
        restart();
        assertThat(registry.mail().fresh(registry.all().getFirst())).isEmpty();
    }

    @Test
    void a12_ofServicesThatAreNotAllAcceptedNoneIsPublishedOrKept() throws Exception {
        RegisteredAgent agent = published();
        ServiceEntry tooLong = new ServiceEntry(TopicPayload.of("long", "x".repeat(600), List.of(), List.of()), 0);
        assertThat(refusal(() -> registry.publisher().putServices(agent.address(), List.of(service("u", ""), tooLong)))
                        .reason())
                .isEqualTo(Reason.INVALID);
        assertThat(agent.kept().services()).containsOnlyKeys("t");
        assertThat(node.publications().at(Topics.keyOf("u"), agent.address())).isEmpty();
    }

    /** The registry's clock is behind the node's here, which refuses what the registry accepts. */
    @Test
    void a12_whatTheNodeRefusesIsNotKept() throws Exception {
        long end = Instant.now().getEpochSecond() - 100;
        now = Instant.ofEpochSecond(end - 100);
        RegisteredAgent agent = register(OWNER, end, "");
        RegistryException refused =
                refusal(() -> registry.publisher().putServices(agent.address(), List.of(service("u", ""))));
        assertThat(refused.reason()).isEqualTo(Reason.NOT_PUBLISHED);
        assertThat(refused).hasMessageContaining("delegation");
        assertThat(agent.kept().services()).isEmpty();
        restart();
        assertThat(registry.all().getFirst().kept().services()).isEmpty();
    }

    @Test
    void a12_aShortTimeToLiveLeavesNoGap() throws Exception {
        RegisteredAgent agent = published();
        assertThat(agent.kept().services().get("t").ttl()).isEqualTo(60);
        assertThat(node.publications().at(Topics.keyOf("t"), agent.address()))
                .singleElement()
                .extracting(PublicationState::record)
                .satisfies(record -> assertThat(record.record().ttl()).isEqualTo(3600));
    }

    @Test
    void a13_aProfileThatIsTooLargeIsRefused() throws Exception {
        RegisteredAgent agent = published();
        AgentProfilePayload large = AgentProfilePayload.of("x".repeat(800), List.of(), List.of());
        assertThat(refusal(() -> registry.publisher().setProfile(agent.address(), Optional.of(large)))
                        .reason())
                .isEqualTo(Reason.INVALID);
        assertThat(agent.kept().profile()).isEmpty();
    }

    @Test
    void a13_aProfileOfManyServicesFits() throws Exception {
        RegisteredAgent agent = register();
        List<ServiceEntry> services = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            services.add(service("a topic with a name of some length, number " + i, ""));
        }
        registry.publisher().putServices(agent.address(), services);
        assertThat(agent.kept().effectiveProfile().orElseThrow().encode().length())
                .isLessThanOrEqualTo(AgentProfilePayload.MAX_LENGTH);
    }

    @Test
    void a15_nothingIsLockedWhileAProgramIsAsked() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (AgentRegistry slow = new AgentRegistry(node, Optional.empty(), RegistrySettings.DEFAULT, () -> now, _ -> {
            asked.countDown();
            return await(answer);
        })) {
            DelegationProof proof = proof(OWNER, 0);
            RegisteredAgent agent = slow.register(Agent.delegated(OPERATIONAL, proof), proof, "localhost:80");
            Thread looking = Thread.startVirtualThread(slow::tick);
            asked.await();
            DelegationProof other = proof(identity(4), 0);
            var _ = slow.register(Agent.delegated(OPERATIONAL, other), other, "");
            assertThat(slow.heartbeat(agent.address())).isTrue();
            assertThat(slow.remove(agent.address())).isTrue();
            answer.countDown();
            looking.join();
            assertThat(slow.all()).hasSize(1);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1:80",
                "http://a.example",
                "localhost:80/path",
                "http://localhost:80/",
                "localhost",
                "169.254.169.254:80",
                "0.0.0.0:80",
                "localhost:99999",
                "ftp://localhost:21"
            })
    void a15_onlyProgramsOnThisMachineAreDialled(String target) {
        assertThatThrownBy(() -> ServiceTarget.parse(target)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:80", "http://localhost", "https://LOCALHOST:8443", "127.0.0.1:1", "http://[::1]:80"})
    void programsOnThisMachineAre(String target) {
        assertThat(ServiceTarget.parse(target).text()).isEqualTo(target);
    }

    @Test
    void a16_onlyRegisteredAgentsAreNoted() throws Exception {
        assertThat(registry.heartbeat(OWNER.address())).isFalse();
        assertThat(registry.all()).isEmpty();
        assertThat(register().heartbeat()).isEmpty();
    }

    @Test
    void a17_nothingIsPublishedAfterTheEndOfADelegation() throws Exception {
        long end = now.plus(HOUR).getEpochSecond();
        RegisteredAgent agent = register(OWNER, end, "");
        registry.heartbeat(agent.address());
        registry.publisher().publish(agent.address());
        assertThat(agent.publicationCount()).isEqualTo(1);

        now = Instant.ofEpochSecond(end);
        registry.heartbeat(agent.address());
        registry.tick();
        assertThat(agent.publicationCount()).isZero();

        register(OWNER, 0, "");
        assertThat(agent.publicationCount()).isEqualTo(1);
    }

    @Test
    void a17_aDelegationThatHasEndedIsNotRegistered() {
        assertThat(refusal(() -> register(OWNER, now.getEpochSecond() - 100, ""))
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void a20_thereAreLimitsOfAgentsAndServices() throws Exception {
        registry.close();
        RegistrySettings few = new RegistrySettings(1, 2, 3, HOUR, HOUR, HOUR, HOUR);
        registry = open(few);
        RegisteredAgent agent = register();
        assertThat(refusal(() -> register(identity(4), 0, "")).reason()).isEqualTo(Reason.LIMIT);
        var _ = register();

        AgentPublisher publisher = registry.publisher();
        publisher.putServices(agent.address(), List.of(service("a", ""), service("b", "")));
        assertThat(refusal(() -> publisher.putServices(agent.address(), List.of(service("c", ""))))
                        .reason())
                .isEqualTo(Reason.LIMIT);
        publisher.putServices(agent.address(), List.of(service("a", "again")));
        publisher.removeService(agent.address(), "b");
        publisher.putServices(agent.address(), List.of(service("c", "")));
        assertThat(agent.kept().services()).containsOnlyKeys("a", "c");
    }
}
