package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PublicationState.Condition;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.core.api.PublicationState.Surrounding;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.publish.PublishStep.Purpose;
import io.a2al.core.testing.Neighbourhood;
import io.a2al.core.testing.Neighbourhood.Manner;
import io.a2al.core.testing.Neighbourhood.Node;
import io.a2al.core.testing.Neighbourhood.Step;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps a publisher by hand. */
class PublisherTest {

    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final Neighbourhood others = new Neighbourhood(30);
    private final NodeId key = others.identity.nodeId();

    private static List<NodeId> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    private List<NodeId> confirmedReplicas(long publication) {
        return others.state(publication).replicas().stream()
                .filter(replica -> replica.condition() == Condition.CONFIRMED)
                .map(replica -> replica.node().nodeId())
                .toList();
    }

    // ---- placement --------------------------------------------------------------------------------------------

    @Test
    void d36_onlyTheEightNearestNodesThatAnswerGetTheRecord() {
        List<Node> nearest = others.byDistance(key);
        nearest.get(0).alive = false;
        nearest.get(5).alive = false;
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        List<Node> expected = others.nearestLiving(key, 8);
        assertThat(others.holders(others.state(publication).record())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(others.actions(PublishStep.Store.class)).hasSize(8);
        assertThat(others.settled()).containsExactly(new PublishStep.Settled(publication, 8, 8));
    }

    /** One of the six nodes in one network gets the record, and the nearest nodes of other networks do. */
    @Test
    void replicasAreInDifferentNetworksAsLongAsThereAreEnough() {
        Neighbourhood crowd = crowd(12);
        VerifiedRecord record = crowd.endpoint(1, DAY);
        crowd.publish(record);
        crowd.run(ROUND);
        List<Node> byDistance = crowd.byDistance(key);
        List<Node> expected = new ArrayList<>(byDistance.subList(6, 13));
        expected.addFirst(byDistance.getFirst());
        assertThat(crowd.holders(record)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(crowd.settled()).containsExactly(new PublishStep.Settled(1, 8, 8));
    }

    @Test
    void networksHoldSeveralReplicasIfThereAreTooFewNetworks() {
        Neighbourhood crowd = crowd(4);
        VerifiedRecord record = crowd.endpoint(1, DAY);
        crowd.publish(record);
        crowd.run(ROUND);
        List<Node> byDistance = crowd.byDistance(key);
        List<Node> expected = new ArrayList<>(byDistance.subList(0, 4));
        expected.addAll(byDistance.subList(6, 10));
        assertThat(crowd.holders(record)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** This many nodes in networks of their own, and six nearer ones in one network. */
    private Neighbourhood crowd(int networks) {
        Neighbourhood crowd = new Neighbourhood(0, PublishSettings.DEFAULT, new SubnetShare(1, endpoint -> false));
        for (int i = 0; i < networks; i++) {
            crowd.add(Fixtures.ipv4(String.format("c6%02x0707", i), 4121));
        }
        for (int i = 0; i < 6; i++) {
            crowd.addNearest(key);
        }
        return crowd;
    }

    private List<NodeId> hidingReplicas(long publication) {
        return others.state(publication).replicas().stream()
                .filter(replica -> replica.condition() == Condition.HIDING)
                .map(replica -> replica.node().nodeId())
                .toList();
    }

    @Test
    void nodesThatTurnOutToHideTheRecordAreReplacedByOthers() {
        List<NodeId> nearest = ids(others.byDistance(key));
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        List<NodeId> hiding = nearest.subList(0, 5);
        others.hiding.addAll(hiding);
        hiding.forEach(node -> others.publisher.onHiding(others.now(), node));
        others.proceed();
        others.run(ROUND);
        assertThat(confirmedReplicas(publication)).containsExactlyInAnyOrderElementsOf(nearest.subList(5, 13));
        assertThat(hidingReplicas(publication)).containsExactlyInAnyOrderElementsOf(hiding);
    }

    /** The nearest ones get it all the same, as readers find it there for two minutes, also when it is renewed. */
    @Test
    void nodesKnownToHideRecordsGetThemButDoNotCount() {
        List<NodeId> nearest = ids(others.byDistance(key));
        List.of(1, 3, 9).forEach(index -> others.hiding.add(nearest.get(index)));
        List<NodeId> keeping = new ArrayList<>(nearest.subList(0, 11));
        keeping.removeAll(others.hiding);
        List<NodeId> all = new ArrayList<>(keeping);
        all.addAll(List.of(nearest.get(1), nearest.get(3)));

        VerifiedRecord record = others.endpoint(1, DAY);
        long publication = others.publish(record);
        others.run(ROUND);
        assertThat(ids(others.holders(record))).containsExactlyInAnyOrderElementsOf(all);
        assertThat(confirmedReplicas(publication)).containsExactlyInAnyOrderElementsOf(keeping);
        assertThat(others.settled()).containsExactly(new PublishStep.Settled(publication, 8, 8));

        VerifiedRecord next = others.endpoint(2, DAY);
        others.renew(publication, next);
        others.run(ROUND);
        assertThat(ids(others.holders(next))).containsExactlyInAnyOrderElementsOf(all);
        others.run(Duration.ofMinutes(30));
        assertThat(others.actions(PublishStep.Store.class)).as("each once").hasSize(2 * all.size());
    }

    /** Without this, the farthest replica would be dropped as surplus and stored again, for ever. */
    @Test
    void aReplicaThatHidesTheRecordDoesNotMakeAnotherOneSurplus() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        List<NodeId> nearest = ids(others.byDistance(key));
        others.hiding.add(nearest.getFirst());
        others.run(Duration.ofMinutes(30));
        assertThat(confirmedReplicas(publication)).containsExactlyInAnyOrderElementsOf(nearest.subList(1, 9));
        assertThat(others.actions(PublishStep.Store.class)).hasSizeBetween(9, 10);
    }

    @Test
    void aRecordThatAllNodesHideHasNoReplica() {
        others.hiding.addAll(ids(others.byDistance(key)));
        VerifiedRecord record = others.endpoint(1, DAY);
        long publication = others.publish(record);
        others.run(ROUND);
        assertThat(others.settled()).containsExactly(new PublishStep.Settled(publication, 0, 8));
        assertThat(others.holders(record)).containsExactlyInAnyOrderElementsOf(others.nearestLiving(key, 8));
    }

    @Test
    void aNodeThatDiesAfterTheStoreIsReplaced() {
        Node nearest = others.byDistance(key).getFirst();
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(Neighbourhood.LOOKUP.minusMillis(1));
        others.run(Duration.ofMillis(1));
        nearest.alive = false;
        // It answers the STORE and dies, which is noticed when it is read back.
        others.run(ROUND);
        assertThat(others.settled()).hasSize(1);
        others.run(Duration.ofMinutes(1));
        assertThat(confirmedReplicas(publication)).hasSize(8).doesNotContain(nearest.id());
    }

    @Test
    void aNearerNodeReplacesTheFarthestReplica() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        NodeId farthest = ids(others.nearestLiving(key, 8)).getLast();
        Node nearer = others.addNearest(key);
        others.publisher.onNewContact(nearer.contact);
        others.proceed();
        others.run(ROUND);
        assertThat(confirmedReplicas(publication))
                .containsExactlyInAnyOrderElementsOf(ids(others.nearestLiving(key, 8)))
                .contains(nearer.id())
                .doesNotContain(farthest);
        assertThat(others.actions(PublishStep.Store.class)).hasSize(9);
    }

    /**
     * Found by simulation: half an hour after a network was whole again, more nodes answered with old records than with
     * new ones.
     */
    @Test
    void formerReplicasGetNewerRecords() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        List<Node> first = others.nearestLiving(key, 8);
        comeNearer(10);
        List<Node> second = others.nearestLiving(key, 8);
        assertThat(second).doesNotContainAnyElementsOf(first);
        VerifiedRecord newer = others.endpoint(2, DAY);
        long renewal = others.renew(publication, newer);
        others.run(ROUND);
        // Of ten former replicas eight are remembered; the publication is complete without them.
        assertThat(others.holders(newer)).containsAll(second).hasSize(16);
        assertThat(confirmedReplicas(publication)).containsExactlyInAnyOrderElementsOf(ids(second));
        assertThat(others.settled()).contains(new PublishStep.Settled(renewal, 8, 8));
        int stores = others.actions(PublishStep.Store.class).size();
        others.run(Duration.ofHours(5));
        assertThat(others.actions(PublishStep.Store.class)).hasSize(stores);
        first.forEach(node -> node.alive = false);
        others.renew(publication, others.endpoint(3, DAY));
        others.run(Duration.ofMinutes(1));
        others.renew(publication, others.endpoint(4, DAY));
        others.run(ROUND);
        long toTheGone = others.actions(PublishStep.Store.class).stream()
                .filter(store -> ids(first).contains(store.to().nodeId()))
                .filter(store -> store.record().record().sequence() == 4)
                .count();
        assertThat(toTheGone)
                .as("former replicas that do not answer are not asked again")
                .isZero();
    }

    private void comeNearer(int count) {
        for (int i = 0; i < count; i++) {
            others.publisher.onNewContact(others.addNearest(key).contact);
            others.proceed();
            others.run(ROUND);
        }
    }

    @Test
    void aFartherNodeGetsNothing() {
        others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        NodeId farthest = others.nearestLiving(key, 8).getLast().id();
        Node farther = others.add();
        while (key.isNearer(farther.id(), farthest)) {
            farther = others.add();
        }
        others.publisher.onNewContact(farther.contact);
        others.proceed();
        others.run(ROUND);
        assertThat(others.actions(PublishStep.Store.class)).hasSize(8);
    }

    @Test
    void theNearestNodesAreLookedUpEveryTenToFifteenMinutes() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        // The publisher only finds this one by a lookup.
        Node nearer = others.addNearest(key);
        others.run(Duration.ofMinutes(16));
        assertThat(confirmedReplicas(publication)).contains(nearer.id());
        others.run(Duration.ofHours(5));
        List<Duration> at = others.log.stream()
                .filter(step -> step.action() instanceof PublishStep.FindNearest)
                .map(Step::at)
                .toList();
        for (int i = 1; i < at.size(); i++) {
            assertThat(at.get(i).minus(at.get(i - 1)))
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15).plusSeconds(2));
        }
        assertThat(at).hasSizeBetween(20, 32);
    }

    @Test
    void recordsAtOneKeyShareTheLookup() {
        NodeId recipient = Fixtures.B.nodeId();
        List<VerifiedRecord> notes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            notes.add(note(i));
            others.publish(notes.getLast(), false);
        }
        others.run(ROUND);
        assertThat(others.actions(PublishStep.FindNearest.class))
                .containsExactly(new PublishStep.FindNearest(recipient));
        for (VerifiedRecord note : notes) {
            assertThat(others.holders(note))
                    .as("D-07")
                    .containsExactlyInAnyOrderElementsOf(others.nearestLiving(recipient, 8));
        }
    }

    private VerifiedRecord note(int content) {
        return TestRecords.note(others.identity, Fixtures.B.address(), content, 1, others.unixSeconds(), DAY);
    }

    // ---- slots ------------------------------------------------------------------------------------------------

    @Test
    void d07_aRecordThatComesDuringARoundReachesAllReplicas() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(Neighbourhood.LOOKUP.plusMillis(20));
        assertThat(others.actions(PublishStep.Store.class)).as("under way").hasSize(3);
        long operation = others.renew(publication, others.endpoint(2, DAY));
        others.run(Duration.ofMillis(70));
        long last = others.renew(publication, others.endpoint(3, DAY));
        others.run(ROUND);
        VerifiedRecord record = others.state(publication).record();
        assertThat(record.record().sequence()).isEqualTo(3);
        assertThat(others.holders(record)).containsExactlyInAnyOrderElementsOf(others.nearestLiving(key, 8));
        assertThat(others.settled())
                .extracting(PublishStep.Settled::operation)
                .containsExactly(publication, operation, last);
        assertThat(others.settled().getLast()).isEqualTo(new PublishStep.Settled(last, 8, 8));
    }

    @Test
    void d07_recordTypesDoNotStarveEachOther() {
        VerifiedRecord endpoint = others.endpoint(1, DAY);
        VerifiedRecord profile = TestRecords.opaque(
                others.identity, RecordType.AGENT_PROFILE, Bytes.fromHex("a10101"), 1, others.unixSeconds(), DAY);
        others.publish(endpoint);
        others.publish(profile);
        others.run(ROUND);
        List<Node> nearest = others.nearestLiving(key, 8);
        nearest.getFirst().alive = false;
        others.run(Duration.ofMinutes(15));
        for (VerifiedRecord record : List.of(endpoint, profile)) {
            assertThat(others.holders(record)).as("refilled, too").containsAll(others.nearestLiving(key, 8));
        }
    }

    @Test
    void aLostReplicaIsToldOnceForEachRecord() {
        VerifiedRecord endpoint = others.endpoint(1, DAY);
        others.publish(endpoint);
        others.run(ROUND);
        Node forgetful = others.nearestLiving(key, 8).getFirst();
        Node dead = others.nearestLiving(key, 8).getLast();
        forgetful.loseEverything();
        dead.alive = false;
        others.run(Duration.ofHours(2));
        assertThat(others.actions(PublishStep.ReplicaLost.class))
                .containsExactlyInAnyOrder(
                        new PublishStep.ReplicaLost(key, endpoint, forgetful.contact),
                        new PublishStep.ReplicaLost(key, endpoint, dead.contact));
    }

    // ---- answers ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"REFUSES", "REFUSES_BY_POLICY", "FINDS_INVALID"})
    void d09_aNodeThatRefusesIsNoReplica(Manner manner) {
        List<Node> nearest = others.byDistance(key);
        nearest.subList(0, 3).forEach(node -> node.manner = manner);
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        assertThat(confirmedReplicas(publication)).containsExactlyInAnyOrderElementsOf(ids(nearest.subList(3, 11)));
        assertThat(others.settled()).containsExactly(new PublishStep.Settled(publication, 8, 8));
        assertThat(others.state(publication).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("refused the record"));
        others.run(Duration.ofMinutes(50));
        assertThat(others.actions(PublishStep.Store.class, store -> store.to().equals(nearest.getFirst().contact)))
                .as("not asked again")
                .hasSize(1);
    }

    @Test
    void aNodeThatFindsARecordInvalidGetsTheNextOne() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        Node strict = others.nearestLiving(key, 8).getFirst();
        strict.manner = Manner.FINDS_INVALID;
        others.renew(publication, others.endpoint(2, DAY));
        others.run(ROUND);
        assertThat(others.state(publication).replicas())
                .filteredOn(replica -> replica.node().equals(strict.contact))
                .extracting(Replica::condition)
                .containsExactly(Condition.SUSPECT);
        assertThat(confirmedReplicas(publication)).hasSize(8);
        strict.manner = Manner.PLAIN;
        others.renew(publication, others.endpoint(3, DAY));
        others.run(ROUND);
        assertThat(confirmedReplicas(publication)).contains(strict.id());
    }

    @Test
    void aReplicaThatRefusesByPolicyIsDropped() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        Node picky = others.nearestLiving(key, 8).getFirst();
        picky.manner = Manner.REFUSES_BY_POLICY;
        others.renew(publication, others.endpoint(2, DAY));
        others.run(ROUND);
        assertThat(confirmedReplicas(publication)).hasSize(8).doesNotContain(picky.id());
        assertThat(others.state(publication).replicas())
                .filteredOn(replica -> !replica.isHolder())
                .containsExactly(new Replica(picky.contact, Condition.REFUSED, Optional.empty()));
    }

    @Test
    void theStateShowsNodesThatAreBeingAsked() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(Neighbourhood.LOOKUP);
        List<Replica> asked = others.nearestLiving(key, 3).stream()
                .map(node -> new Replica(node.contact, Condition.STORING, Optional.empty()))
                .toList();
        assertThat(others.state(publication).replicas()).containsExactlyElementsOf(asked);
        assertThat(others.state(publication).confirmed()).isZero();
        others.run(ROUND);
        others.renew(publication, others.endpoint(2, DAY));
        assertThat(others.state(publication).replicas())
                .as("they have the older record so far")
                .hasSize(8)
                .allMatch(replica -> replica.condition() == Condition.SUSPECT && replica.isHolder());
    }

    /** A node of an older protocol version says no to a record that it has, and then shows it when asked. */
    @Test
    void d53_aNodeThatHasTheRecordIsAReplicaWhateverItAnswers() {
        List<Node> nearest = others.byDistance(key);
        nearest.forEach(node -> node.manner = Manner.DENIES_WHAT_IT_HAS);
        VerifiedRecord record = others.endpoint(1, DAY);
        Neighbourhood before = others;
        long first = before.publish(record);
        before.run(ROUND);
        before.publisher.unpublish(first);
        long again = before.publish(record, false);
        before.run(ROUND);
        assertThat(confirmedReplicas(again)).containsExactlyInAnyOrderElementsOf(ids(nearest.subList(0, 8)));
        assertThat(others.actions(PublishStep.Read.class, read -> read.purpose() == Purpose.DISPUTE))
                .hasSize(8);
        assertThat(others.settled().getLast()).isEqualTo(new PublishStep.Settled(again, 8, 8));
        assertThat(others.state(again).problem()).isEmpty();
    }

    @Test
    void aNewerRecordThatIsNotOursIsReported() {
        VerifiedRecord newer = others.endpoint(7, DAY);
        long other = others.publish(newer);
        others.run(ROUND);
        others.publisher.unpublish(other);
        others.byDistance(key).forEach(node -> node.manner = Manner.DENIES_WHAT_IT_HAS);
        long publication = others.publish(others.endpoint(3, DAY));
        others.run(ROUND);
        assertThat(others.settled().getLast()).isEqualTo(new PublishStep.Settled(publication, 8, 8));
        assertThat(others.state(publication).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("holds a newer record"));
    }

    /** Nodes say "stored" also if what they have is newer, so that only reading them back shows it. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 7})
    void aNewerRecordIsNoticedWhenReplicasAreReadBack(long sequence) {
        VerifiedRecord newer = others.endpoint(sequence, 600);
        long other = others.publish(newer, false);
        others.run(ROUND);
        others.publisher.unpublish(other);
        long publication = others.publish(others.endpoint(3, DAY));
        others.run(ROUND);
        assertThat(others.settled().getLast()).isEqualTo(new PublishStep.Settled(publication, 8, 8));
        assertThat(others.state(publication).newer()).contains(newer);
        others.renew(publication, others.endpoint(4, DAY));
        assertThat(others.state(publication).newer())
                .as("the next one is not newer either")
                .contains(newer);
        others.run(ROUND);
        others.renew(publication, others.endpoint(-1, DAY));
        assertThat(others.state(publication).newer()).as("a newer one hides it").isEmpty();
    }

    @Test
    void aNewerRecordThatHasExpiredHidesNothing() {
        long other = others.publish(others.endpoint(-1, 600), false);
        others.run(ROUND);
        others.publisher.unpublish(other);
        long publication = others.publish(others.endpoint(3, DAY));
        others.run(ROUND);
        assertThat(others.state(publication).newer()).isPresent();
        others.run(Duration.ofMinutes(10));
        assertThat(others.state(publication).newer()).isEmpty();
    }

    @Test
    void threeReplicasAreReadBackOnce() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        assertThat(readBacks()).isEqualTo(3);
        assertThat(others.state(publication).newer()).isEmpty();
        others.renew(publication, others.endpoint(2, DAY));
        others.run(ROUND);
        assertThat(readBacks()).isEqualTo(3);
        assertThat(confirmedReplicas(publication)).hasSize(8);
    }

    private int readBacks() {
        return others.actions(PublishStep.Read.class, read -> read.purpose() == Purpose.READ_BACK)
                .size();
    }

    @Test
    void withTooFewNodesItTriesAgainLessAndLessOften() {
        Neighbourhood few = new Neighbourhood(3);
        long publication = few.publish(few.endpoint(1, DAY));
        few.run(ROUND);
        assertThat(few.settled()).containsExactly(new PublishStep.Settled(publication, 3, 8));
        few.run(Duration.ofHours(1));
        List<Long> waits = few.log.stream()
                .filter(step -> step.action() instanceof PublishStep.FindNearest)
                .map(step -> step.at().toSeconds())
                .toList();
        assertThat(waits.subList(0, 6)).containsExactly(0L, 30L, 91L, 211L, 452L, 932L);
        assertThat(few.actions(PublishStep.Store.class)).hasSize(3);
        while (few.byDistance(key).size() < 12) {
            few.add();
        }
        few.run(Duration.ofMinutes(11));
        assertThat(few.state(publication).confirmed()).isEqualTo(8);
    }

    // ---- watching ---------------------------------------------------------------------------------------------

    @Test
    void eightDeadReplicasAreReplacedByEightOthers() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(Duration.ofHours(1));
        VerifiedRecord record = others.state(publication).record();
        others.holders(record).forEach(node -> node.alive = false);
        assertThat(others.holders(record)).isEmpty();
        others.run(Duration.ofMinutes(11));
        assertThat(others.holders(record)).containsExactlyInAnyOrderElementsOf(others.nearestLiving(key, 8));
        assertThat(others.state(publication).confirmed()).isEqualTo(8);
        others.run(Duration.ofMinutes(35));
        assertThat(others.state(publication).replicas())
                .as("the dead are forgotten")
                .hasSize(8);
    }

    @Test
    void aBadReplicaThatComesBackWithinTheGraceIsOneAgain() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        Node nearest = others.nearestLiving(key, 1).getFirst();
        nearest.alive = false;
        others.run(Duration.ofMinutes(2));
        assertThat(others.state(publication).replicas())
                .filteredOn(replica -> replica.condition() == Condition.BAD)
                .extracting(Replica::node)
                .containsExactly(nearest.contact);
        assertThat(confirmedReplicas(publication)).hasSize(8);
        nearest.alive = true;
        others.heard(nearest);
        others.run(ROUND);
        assertThat(confirmedReplicas(publication)).hasSize(8).contains(nearest.id());
    }

    @Test
    void aReplicaThatRestartedWithoutItsRecordsGetsThemAgain() {
        long endpoint = others.publish(others.endpoint(1, DAY));
        VerifiedRecord profile = TestRecords.opaque(
                others.identity, RecordType.AGENT_PROFILE, Bytes.fromHex("a10101"), 1, others.unixSeconds(), DAY);
        others.publish(profile);
        others.run(ROUND);
        Node nearest = others.nearestLiving(key, 1).getFirst();
        nearest.loseEverything();
        others.run(Duration.ofMinutes(30));
        assertThat(nearest.holds(others.state(endpoint).record())).isTrue();
        assertThat(nearest.holds(profile)).isTrue();
    }

    @Test
    void d35_aReplicaThatMissedOneProbeIsAskedForItsRecordsFirst() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(Duration.ofHours(1));
        Node nearest = others.nearestLiving(key, 1).getFirst();
        nearest.alive = false;
        int before = others.log.size();
        while (others.state(publication).replicas().stream()
                .noneMatch(replica -> replica.condition() == Condition.SUSPECT)) {
            others.run(Duration.ofSeconds(1));
        }
        nearest.alive = true;
        nearest.loseEverything();
        others.run(Duration.ofMinutes(1));
        assertThat(nearest.holds(others.state(publication).record())).isTrue();
        assertThat(others.log.subList(before, others.log.size())).hasSizeLessThan(30);
    }

    /** With many entries under a topic an answer shows only some of them. */
    @Test
    void afterATruncatedAnswerTheRecordIsStoredAgain() {
        others.cutAnswers();
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(ROUND);
        others.nearestLiving(key, 8).forEach(Node::loseEverything);
        others.run(Duration.ofHours(1));
        assertThat(others.holders(others.state(publication).record())).hasSize(8);
    }

    @Test
    void d35_aNodeIsProbedOnceForAllItsRecordsAndNotWhileItSendsTraffic() {
        Neighbourhood eight = new Neighbourhood(8);
        for (int i = 0; i < 40; i++) {
            eight.publish(TestRecords.topic(eight.identity, "topic-" + i, 1, eight.unixSeconds(), DAY));
        }
        eight.run(ROUND);
        int before = eight.log.size();
        eight.run(Duration.ofMinutes(9));
        List<Step> steps = eight.log.subList(before, eight.log.size());
        long probes = steps.stream()
                .filter(step -> step.action() instanceof PublishStep.Ping || step.action() instanceof PublishStep.Read)
                .count();
        // After 60 s, 180 s and 420 s, for each of the eight; the one after 30 s is not needed after so many answers.
        assertThat(probes).isEqualTo(8 * 3);

        before = eight.log.size();
        for (int i = 0; i < 60; i++) {
            eight.byDistance(key).forEach(eight::heard);
            eight.run(Duration.ofMinutes(1));
        }
        long pings = eight.log.subList(before, eight.log.size()).stream()
                .filter(step -> step.action() instanceof PublishStep.Ping)
                .count();
        assertThat(pings).isZero();
        assertThat(eight.publisher.statistics().probesSaved()).isGreaterThan(8);
    }

    // ---- storms -----------------------------------------------------------------------------------------------

    @Test
    void d35_threeHundredRenewalsAtOnceStayWithinTheLimits() {
        Neighbourhood many = new Neighbourhood(200);
        List<Long> publications = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            publications.add(many.publish(TestRecords.topic(many.identity, "topic-" + i, 1, many.unixSeconds(), 3600)));
        }
        many.run(Duration.ofMinutes(1));
        assertThat(many.settled()).hasSize(300).allMatch(settled -> settled.replicas() == 8);
        many.run(Duration.ofMinutes(28));
        int asked = many.log.size();
        for (int i = 0; i < 300; i++) {
            many.renew(
                    publications.get(i), TestRecords.topic(many.identity, "topic-" + i, 2, many.unixSeconds(), 3600));
        }
        many.run(Duration.ofSeconds(30));
        assertThat(many.settled()).hasSize(600).allMatch(settled -> settled.replicas() == 8);
        assertThat(many.mostRequests()).isEqualTo(64);
        assertThat(many.mostLookups()).isEqualTo(16);
        assertThat(many.log.size() - asked).as("nothing is done twice").isLessThan(300 * (8 + 1 + 1) + 200);
    }

    // ---- lifetime ---------------------------------------------------------------------------------------------

    @Test
    void d08_allWorkEndsWithTheLastRecord() {
        long mail = others.publish(note(1), false);
        long renewable = others.publish(others.endpoint(1, 600));
        others.run(Duration.ofSeconds(599));
        assertThat(others.state(renewable).confirmed()).isEqualTo(8);
        others.run(Duration.ofSeconds(2));
        assertThat(others.state(renewable).replicas()).isEmpty();
        others.run(Duration.ofDays(1));
        assertThat(others.publisher.state(others.now(), mail)).isEmpty();
        assertThat(others.publisher.statistics().watchedNodes()).isZero();
        others.publisher.unpublish(renewable);
        int before = others.log.size();
        others.run(Duration.ofDays(1));
        assertThat(others.log).hasSize(before);
        assertThat(others.publisher.next(others.now())).isEqualTo(new PublishStep.Wait(Long.MAX_VALUE));
        assertThat(others.publisher.statistics().publications().used()).isZero();
    }

    @Test
    void renewalIsAskedForAtHalfTheTimeToLiveAndAgainIfNoRecordComes() {
        long publication = others.publish(others.endpoint(1, 3600));
        others.run(Duration.ofMinutes(10));
        assertThat(others.state(publication).renewalIn()).contains(Duration.ofMinutes(20));
        others.run(Duration.ofMinutes(30));
        List<Long> at = others.log.stream()
                .filter(step -> step.action() instanceof PublishStep.AskForRenewal)
                .map(step -> step.at().toSeconds())
                .toList();
        assertThat(at).containsExactly(1800L, 2025L, 2250L);
        others.renew(publication, others.endpoint(2, 3600));
        others.run(Duration.ofMinutes(29));
        assertThat(others.actions(PublishStep.AskForRenewal.class)).hasSize(3);
    }

    /** Nodes keep entries under a topic for two hours, whatever they claim. */
    @Test
    void renewalIsAskedForBeforeNodesDropTheRecord() {
        others.publish(TestRecords.topic(others.identity, "topic", 1, others.unixSeconds(), DAY));
        others.run(Duration.ofMinutes(61));
        assertThat(others.actions(PublishStep.AskForRenewal.class)).hasSize(1);
    }

    @Test
    void anExpiredPublicationIsStoredAgainWhenARecordComes() {
        long publication = others.publish(others.endpoint(1, 600));
        others.run(Duration.ofHours(3));
        others.renew(publication, others.endpoint(2, 600));
        others.run(ROUND);
        assertThat(others.settled().getLast().replicas()).isEqualTo(8);
        assertThat(others.holders(others.state(publication).record())).hasSize(8);
    }

    @Test
    void allPublicationsOfAnAddressEndTogether() {
        others.publish(others.endpoint(1, DAY));
        others.publish(TestRecords.topic(others.identity, "topic", 1, others.unixSeconds(), DAY));
        long foreign = others.publish(TestRecords.endpoint(Fixtures.C, "x", 1, others.unixSeconds(), DAY), false);
        others.run(ROUND);
        assertThat(others.state(foreign).renewalIn()).isEmpty();
        assertThat(others.publisher.unpublishAll(others.identity.address())).isEqualTo(2);
        assertThat(others.publisher.statistics().publications().used()).isEqualTo(1);
        assertThat(others.state(foreign).confirmed()).isEqualTo(8);
        others.publisher.unpublish(foreign);
        assertThat(others.publisher.statistics().watchedNodes()).isZero();
    }

    // ---- outages ----------------------------------------------------------------------------------------------

    @Test
    void afterAnOutageAllReplicasAreProbedAtOnce() {
        long publication = others.publish(others.endpoint(1, DAY));
        others.run(Duration.ofHours(1));
        List<Node> all = others.byDistance(key);
        all.forEach(node -> node.alive = false);
        others.run(Duration.ofMinutes(25));
        assertThat(others.state(publication).confirmed()).isZero();
        all.forEach(node -> node.alive = true);
        others.publisher.onConnectivityRestored(others.now());
        others.proceed();
        others.run(ROUND);
        assertThat(others.state(publication).confirmed()).isEqualTo(8);
    }

    /** The machine slept: the monotonic clock stood still, the wall clock did not. */
    @Test
    void afterSleepRenewalIsAskedForByTheWallClock() {
        others.publish(others.endpoint(1, 3600));
        others.run(ROUND);
        others.publisher.onConnectivityRestored(new NodeTime(others.now().nanos(), others.unixSeconds() + 3000));
        others.proceed();
        assertThat(others.actions(PublishStep.AskForRenewal.class)).hasSize(1);
    }

    // ---- a wall clock that is set back ------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(longs = {7200, 90})
    void aPublisherWhoseClockIsSetBackGoesBackToTheNodesThatRefused(long ahead) {
        others.byDistance(key).forEach(node -> node.manner = Manner.REFUSES_THE_FUTURE);
        others.setClockError(ahead);
        long publication = others.publish(others.endpoint(1, 3600));
        others.run(ROUND);
        assertThat(others.settled()).containsExactly(new PublishStep.Settled(publication, 0, 8));

        others.setClockError(0);
        others.run(Duration.ofSeconds(40));
        assertThat(others.actions(PublishStep.AskForRenewal.class))
                .as("asked within a minute")
                .containsExactly(new PublishStep.AskForRenewal(publication));

        VerifiedRecord corrected = others.endpoint(2, 3600);
        long renewal = others.renew(publication, corrected);
        others.run(ROUND);
        assertThat(others.settled()).contains(new PublishStep.Settled(renewal, 8, 8));
        assertThat(others.holders(corrected)).containsExactlyInAnyOrderElementsOf(others.nearestLiving(key, 8));
    }

    /** The record no longer comes from the future when the clock is set back, but nodes refused it before. */
    @Test
    void aRecordThatWasRefusedBeforeTheClockWasSetBackIsRenewed() {
        others.byDistance(key).forEach(node -> node.manner = Manner.REFUSES_THE_FUTURE);
        others.setClockError(90);
        long publication = others.publish(others.endpoint(1, 3600));
        others.run(Duration.ofSeconds(100));

        others.setClockError(0);
        others.run(Duration.ofSeconds(40));
        assertThat(others.actions(PublishStep.AskForRenewal.class)).hasSize(1);
        others.renew(publication, others.endpoint(2, 3600));
        others.run(ROUND);
        assertThat(confirmedReplicas(publication))
                .containsExactlyInAnyOrderElementsOf(ids(others.nearestLiving(key, 8)));
    }

    /** Answers to the record from the future that come after the newer one must not count against the newer one. */
    @Test
    void aRefusalOfAReplacedRecordDoesNotCountForTheNewOne() {
        others.byDistance(key).forEach(node -> node.manner = Manner.REFUSES_THE_FUTURE);
        others.setClockError(7200);
        long publication = others.publish(others.endpoint(1, 3600));
        others.run(Neighbourhood.LOOKUP.plusMillis(20));
        assertThat(others.actions(PublishStep.Store.class)).as("under way").hasSize(3);
        others.setClockError(0);
        others.proceed();
        others.renew(publication, others.endpoint(2, 3600));
        others.run(ROUND);
        assertThat(confirmedReplicas(publication))
                .containsExactlyInAnyOrderElementsOf(ids(others.nearestLiving(key, 8)));
    }

    @Test
    void mailIsOfferedAgainAfterTheClockWasSetBack() {
        NodeId recipient = Fixtures.B.nodeId();
        others.byDistance(recipient).forEach(node -> node.manner = Manner.REFUSES_THE_FUTURE);
        others.setClockError(90);
        VerifiedRecord mail = note(1);
        others.publish(mail, false);
        others.run(Duration.ofSeconds(60));
        assertThat(others.holders(mail)).isEmpty();
        others.setClockError(0);
        others.run(Duration.ofMinutes(1));
        assertThat(others.holders(mail)).containsExactlyInAnyOrderElementsOf(others.nearestLiving(recipient, 8));
    }

    @Test
    void aClockThatIsRightNeedsNoRenewalBeforeHalfTheTimeToLive() {
        others.publish(others.endpoint(1, 3600));
        for (int second = 0; second < 1700; second++) {
            others.run(Duration.ofMillis(999));
        }
        assertThat(others.actions(PublishStep.AskForRenewal.class)).isEmpty();
    }

    @Test
    void whileAKeyLooksSurroundedItsWholeRegionHoldsTheRecord() {
        Neighbourhood network = new Neighbourhood(60);
        network.around = 40;
        VerifiedRecord record = network.endpoint(1, 3600);
        NodeId key = record.contentKey().orElseThrow();
        long publication = network.publish(record);
        network.run(Duration.ofSeconds(10));
        assertThat(network.holders(record)).containsExactlyInAnyOrderElementsOf(network.nearestLiving(key, 40));
        assertThat(network.state(publication).surrounding()).isEqualTo(Surrounding.NOW);
        assertThat(network.publisher.statistics().surrounded()).isEqualTo(1);

        network.around = 0;
        network.run(Duration.ofMinutes(16));
        assertThat(network.state(publication).surrounding()).isEqualTo(Surrounding.NO_LONGER);
        assertThat(network.publisher.statistics().surrounded()).isZero();
        VerifiedRecord next = network.endpoint(2, 3600);
        network.renew(publication, next);
        network.run(Duration.ofSeconds(10));
        assertThat(network.holders(next)).hasSizeLessThanOrEqualTo(16).containsAll(network.nearestLiving(key, 8));
    }
}
