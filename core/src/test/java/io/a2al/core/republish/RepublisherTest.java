package io.a2al.core.republish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.publish.PublishSettings;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps the republisher of one node by hand; a STORE is answered at once, or not at all. */
class RepublisherTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST = HOUR.plus(HOUR.dividedBy(2));
    private static final long WEEK = Duration.ofDays(7).toSeconds();
    private static final long ORIGIN = -Duration.ofMinutes(30).toNanos();

    private final SplittableRandom random = new SplittableRandom(3);
    private final NodeId self = NodeId.ofAddress(address());
    private final List<Contact> known = new ArrayList<>();
    private final Map<NodeId, List<VerifiedRecord>> store = new LinkedHashMap<>();
    private final Set<NodeId> unresponsive = new HashSet<>();
    private final Set<NodeId> stale = new HashSet<>();
    private final Set<NodeId> hiding = new HashSet<>();
    private List<Contact> vicinity = List.of();
    private final List<RepublishStep.Store> sent = new ArrayList<>();
    private final List<Long> sentAt = new ArrayList<>();
    private boolean answer = true;
    private long now = ORIGIN;
    private Republisher republisher = republisher(RepublishSettings.DEFAULT);

    private Address address() {
        byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
        address[0] = (byte) Address.NATIVE;
        return Address.of(Bytes.copyOf(address));
    }

    private Republisher republisher(RepublishSettings settings) {
        return new Republisher(
                settings,
                PublishSettings.DEFAULT.replicas(),
                self,
                new Republisher.Surroundings() {
                    @Override
                    public List<Contact> nearest(NodeId key, int count) {
                        return byDistance(key).stream().limit(count).toList();
                    }

                    @Override
                    public List<Contact> vicinity(NodeId key) {
                        return vicinity;
                    }

                    @Override
                    public boolean hasAnsweredSince(NodeId node, long since) {
                        return !stale.contains(node);
                    }

                    @Override
                    public boolean hides(VerifiedRecord record, NodeId node, long now) {
                        return record.category().isKeyedByAddress() && hiding.contains(node);
                    }

                    @Override
                    public List<VerifiedRecord> held(NodeId key, long unixSeconds) {
                        return store.getOrDefault(key, List.of()).stream()
                                .filter(record -> record.isValidAt(unixSeconds))
                                .toList();
                    }

                    @Override
                    public List<NodeId> keys() {
                        return List.copyOf(store.keySet());
                    }
                },
                new SplittableRandom(5),
                time());
    }

    private List<Contact> byDistance(NodeId key) {
        return known.stream()
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .toList();
    }

    private long unixSeconds() {
        return Fixtures.NOW + Duration.ofNanos(now - ORIGIN).toSeconds();
    }

    private NodeTime time() {
        return new NodeTime(now, unixSeconds());
    }

    private Contact contact() {
        return Contact.of(address(), Fixtures.ipv4("cb007107", 1000 + known.size()));
    }

    private void know(int count) {
        IntStream.range(0, count).forEach(i -> known.add(contact()));
    }

    private Contact newcomer(Contact contact) {
        known.add(contact);
        republisher.onNewContact(time(), contact);
        return contact;
    }

    /** A node stores a record here, at a key that we are the nearest to, or one that eight others are nearer to. */
    private StoredRecord take(boolean near, long ttl) {
        while (true) {
            NodeId key = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
            long nearer = known.stream()
                    .filter(other -> key.isNearer(other.nodeId(), self))
                    .count();
            if (near ? nearer == 0 : nearer >= 8) {
                VerifiedRecord record = record(ttl);
                take(key, record);
                return new StoredRecord(key, record, Origin.EXEMPT);
            }
        }
    }

    private VerifiedRecord record(long ttl) {
        return TestRecords.opaque(Fixtures.A, 2, Fixtures.random(random, 8), 1, unixSeconds(), ttl);
    }

    private void take(NodeId key, VerifiedRecord record) {
        List<VerifiedRecord> held = store.computeIfAbsent(key, absent -> new ArrayList<>());
        held.removeIf(older -> RecordSlot.of(older.record()).equals(RecordSlot.of(record.record())));
        held.add(record);
        republisher.onStored(time(), key, record);
    }

    /** Lets time pass; answers come at once, timeouts after two seconds. */
    private void run(Duration duration) {
        long until = now + duration.toNanos();
        while (true) {
            switch (republisher.next(time())) {
                case RepublishStep.Store offer -> {
                    sent.add(offer);
                    sentAt.add(now);
                    if (unresponsive.contains(offer.to().nodeId())) {
                        republisher.onNoAnswer(new NodeTime(now + 2_000_000_000L, unixSeconds()), offer);
                    } else {
                        republisher.onAnswer(offer, answer);
                    }
                }
                case RepublishStep.Wait(long at) -> {
                    if (at == Long.MAX_VALUE || at - until > 0) {
                        now = until;
                        return;
                    }
                    assertThat(at - now).isPositive();
                    now = at;
                }
            }
        }
    }

    private List<Contact> receivers() {
        return sent.stream().map(RepublishStep.Store::to).toList();
    }

    // ---- republishing -----------------------------------------------------------------------------------------

    @Test
    void d34_aRecordThatNoNodeStoresIsRepublishedAtTheNearestAboutEveryHour() {
        know(30);
        StoredRecord record = take(true, WEEK);
        run(HOUR.minusSeconds(1));
        assertThat(sent).isEmpty();
        run(LONGEST.minus(HOUR).plusSeconds(2));
        List<Contact> nearest = byDistance(record.key()).subList(0, 7);
        assertThat(receivers()).as("with us they are eight").containsExactlyElementsOf(nearest);
        assertThat(sent).allSatisfy(offer -> {
            assertThat(offer.record()).isEqualTo(record.record());
            assertThat(offer.key()).isEqualTo(record.key());
        });
        run(Duration.ofDays(1));
        assertThat(sent.size() / 7).isBetween(16, 25);
        assertThat(republisher.statistics().republished()).isEqualTo(sent.size() / 7);
        assertThat(republisher.statistics().accepted()).isEqualTo(sent.size());
    }

    @Test
    void aRecordIsRepublishedAtNodesThatKeepIt() {
        know(30);
        StoredRecord record = take(true, WEEK);
        List<Contact> nearest = byDistance(record.key());
        List.of(0, 1, 4).forEach(index -> hiding.add(nearest.get(index).nodeId()));
        run(LONGEST);
        assertThat(receivers())
                .containsExactlyElementsOf(nearest.subList(0, 10).stream()
                        .filter(contact -> !hiding.contains(contact.nodeId()))
                        .toList());
    }

    /** The nodes that are nearer may be those that surround the key. */
    @Test
    void aRecordWhoseKeyLooksSurroundedIsRepublishedAtItsWholeVicinity() {
        know(30);
        StoredRecord record = take(false, WEEK);
        run(LONGEST);
        assertThat(sent).as("eight are nearer").isEmpty();
        vicinity = byDistance(record.key()).subList(5, 25);
        run(LONGEST);
        assertThat(receivers()).containsExactlyElementsOf(vicinity);
        vicinity = List.of();
        run(LONGEST);
        assertThat(sent).hasSize(20);
    }

    /** Nodes that hide the record do not republish it either. */
    @Test
    void nearerNodesThatHideARecordAreNotLeftToRepublishIt() {
        know(30);
        StoredRecord record = take(false, WEEK);
        run(LONGEST);
        assertThat(sent).as("eight are nearer").isEmpty();
        byDistance(record.key()).stream()
                .filter(contact -> record.key().isNearer(contact.nodeId(), self))
                .limit(13)
                .forEach(contact -> hiding.add(contact.nodeId()));
        run(LONGEST);
        assertThat(receivers()).isNotEmpty().noneMatch(contact -> hiding.contains(contact.nodeId()));
    }

    @Test
    void aNewcomerThatHidesARecordIsNotOfferedIt() {
        know(30);
        StoredRecord near = take(true, WEEK);
        Contact hidingNewcomer = nearer(near.key());
        hiding.add(hidingNewcomer.nodeId());
        Contact keepingNewcomer = nearer(near.key());
        run(Duration.ofMinutes(5));
        newcomer(hidingNewcomer);
        newcomer(keepingNewcomer);
        run(Duration.ofMinutes(1));
        assertThat(receivers()).containsExactly(keepingNewcomer);
    }

    /** A contact that we do not know yet, among the nearest seven. */
    private Contact nearer(NodeId key) {
        NodeId fifth = byDistance(key).get(4).nodeId();
        Contact contact = contact();
        while (!key.isNearer(contact.nodeId(), fifth)) {
            contact = contact();
        }
        return contact;
    }

    @Test
    void d34_aRecordStoredWithinTheHourIsNotRepublished() {
        know(30);
        StoredRecord record = take(true, WEEK);
        for (int i = 0; i < 20; i++) {
            run(Duration.ofMinutes(50));
            republisher.onStored(time(), record.key(), record.record());
        }
        assertThat(sent).isEmpty();
        run(LONGEST);
        assertThat(sent).as("until no node stores it any more").hasSize(7);
    }

    @Test
    void d34_theTimesAreSpreadSoThatMostlyOneOfEightRepublishes() {
        know(30);
        Set<Long> minutes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            take(true, WEEK);
        }
        run(LONGEST.plusMinutes(1));
        sentAt.forEach(at -> minutes.add(Duration.ofNanos(at - ORIGIN).toMinutes()));
        assertThat(minutes).hasSizeGreaterThan(15).allMatch(minute -> minute >= 60 && minute <= 91);
    }

    @Test
    void d34_expiredRecordsAreNotRepublished() {
        know(30);
        StoredRecord brief = take(true, 3600);
        run(Duration.ofHours(10));
        assertThat(sent).isEmpty();
        assertThat(republisher.statistics().keys().used())
                .as("no longer on the schedule")
                .isZero();
        StoredRecord longer = take(true, 6 * 3600);
        run(Duration.ofHours(10));
        assertThat(sent)
                .hasSizeBetween(3 * 7, 5 * 7)
                .allSatisfy(
                        offer -> assertThat(offer.key()).isEqualTo(longer.key()).isNotEqualTo(brief.key()));
        long end = longer.record().expiresAfter() - Fixtures.NOW;
        assertThat(sentAt)
                .allSatisfy(at ->
                        assertThat(Duration.ofNanos(at - ORIGIN).toSeconds()).isLessThan(end));
    }

    @Test
    void aNodeThatIsNotAmongTheNearestDoesNotRepublish() {
        know(30);
        StoredRecord record = take(false, WEEK);
        run(Duration.ofHours(5));
        assertThat(sent).isEmpty();
        known.removeIf(other -> record.key().isNearer(other.nodeId(), self));
        run(LONGEST);
        assertThat(sent).as("until they are gone").hasSize(7);
    }

    @Test
    void everyRecordOfAKeyHasItsOwnInterval() {
        know(30);
        StoredRecord first = take(true, WEEK);
        NodeId key = first.key();
        run(Duration.ofMinutes(40));
        VerifiedRecord second = TestRecords.opaque(Fixtures.B, 2, Bytes.zeros(3), 1, unixSeconds(), WEEK);
        take(key, second);
        run(Duration.ofMinutes(59));
        assertThat(sent).hasSize(7).allMatch(offer -> offer.record().equals(first.record()));
        run(Duration.ofMinutes(60));
        assertThat(sent).filteredOn(offer -> offer.record().equals(second)).hasSize(7);
    }

    @Test
    void aNodeThatDoesNotAnswerIsReplacedByTheNext() {
        know(30);
        StoredRecord record = take(true, WEEK);
        List<Contact> nearest = byDistance(record.key());
        unresponsive.add(nearest.get(0).nodeId());
        unresponsive.add(nearest.get(4).nodeId());
        run(LONGEST);
        assertThat(receivers()).containsExactlyElementsOf(nearest.subList(0, 9));
        assertThat(republisher.statistics().unanswered()).isEqualTo(2);
    }

    @Test
    void ifNoNodeAnswersItIsRetriedAfterTenMinutes() {
        know(12);
        take(true, WEEK);
        known.forEach(contact -> unresponsive.add(contact.nodeId()));
        run(LONGEST);
        assertThat(sent).isNotEmpty();
        int inVain = sent.size();
        assertThat(inVain % 12).as("all nodes were asked").isZero();
        unresponsive.clear();
        run(Duration.ofMinutes(10));
        assertThat(sent).hasSize(inVain + 7);
        run(HOUR.minusMinutes(11));
        assertThat(sent).hasSize(inVain + 7);
    }

    /** A node of an older protocol version says no when it has the record (D-53). */
    @Test
    void afterAnAnswerOfNoNoOtherNodeIsAsked() {
        know(30);
        take(true, WEEK);
        answer = false;
        run(LONGEST);
        assertThat(sent).hasSize(7);
        assertThat(republisher.statistics().denied()).isEqualTo(7);
    }

    // ---- offers to newcomers ----------------------------------------------------------------------------------

    @Test
    void d34_recordsAreOfferedToNewcomersThatAreNearer() {
        know(30);
        StoredRecord near = take(true, WEEK);
        NodeId key = near.key();
        take(false, WEEK);
        run(Duration.ofMinutes(5));
        Contact nearest = contact();
        while (!key.isNearer(nearest.nodeId(), self)) {
            nearest = contact();
        }
        newcomer(nearest);
        assertThat(sent).isEmpty();
        run(Duration.ofSeconds(11));
        assertThat(sent).containsExactly(new RepublishStep.Store(nearest, key, near.record()));
        run(Duration.ofMinutes(30));
        assertThat(sent).hasSize(1);
        assertThat(republisher.statistics().offered()).isOne();
    }

    /** Two, since one may have gone, or may not know which nodes are near. */
    @Test
    void d34_onlyTheTwoNearestHoldersOfferTheirRecords() {
        know(30);
        StoredRecord near = take(true, WEEK);
        NodeId key = near.key();
        List<Contact> nearer = new ArrayList<>();
        while (nearer.size() < 3) {
            Contact contact = contact();
            if (key.isNearer(contact.nodeId(), self)) {
                nearer.add(contact);
            }
        }
        nearer.sort(Comparator.comparing(Contact::nodeId, key.byDistance()));
        known.add(nearer.get(1));
        known.add(nearer.get(2));
        run(Duration.ofMinutes(5));
        newcomer(nearer.get(0));
        run(Duration.ofMinutes(1));
        assertThat(sent).as("we are the third").isEmpty();

        stale.add(nearer.get(1).nodeId());
        republisher.onNewContact(time(), nearer.get(0));
        run(Duration.ofMinutes(1));
        assertThat(sent).as("a node that did not answer lately does not count").hasSize(1);
    }

    @Test
    void aNewcomerThatIsFarGetsNothing() {
        know(30);
        StoredRecord near = take(true, WEEK);
        NodeId key = near.key();
        Contact eighth = byDistance(key).get(7);
        Contact far = contact();
        while (key.isNearer(far.nodeId(), eighth.nodeId())) {
            far = contact();
        }
        run(Duration.ofMinutes(5));
        newcomer(far);
        run(Duration.ofMinutes(1));
        assertThat(sent).isEmpty();
    }

    /** The node that stored it looked up the nearest nodes itself, and found the newcomer. */
    @Test
    void recordsStoredAfterTheNewcomerJoinedAreNotOffered() {
        know(3);
        newcomer(contact());
        take(true, WEEK);
        run(Duration.ofMinutes(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void manyNewcomersGetWhatTheyAreNearToOnOneWalk() {
        know(20);
        List<StoredRecord> records =
                IntStream.range(0, 40).mapToObj(i -> take(true, WEEK)).toList();
        run(Duration.ofMinutes(5));
        List<Contact> newcomers =
                IntStream.range(0, 10).mapToObj(i -> newcomer(contact())).toList();
        run(Duration.ofMinutes(1));
        List<RepublishStep.Store> expected = new ArrayList<>();
        for (StoredRecord record : records) {
            byDistance(record.key()).stream()
                    .limit(7)
                    .filter(newcomers::contains)
                    .forEach(
                            receiver -> expected.add(new RepublishStep.Store(receiver, record.key(), record.record())));
        }
        assertThat(sent).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
    }

    // ---- limits -----------------------------------------------------------------------------------------------

    @Test
    void storesArePaced() {
        know(30);
        IntStream.range(0, 200).forEach(i -> take(true, WEEK));
        run(LONGEST.plusMinutes(5));
        assertThat(sent).hasSize(1400);
        for (int i = 1; i < sentAt.size(); i++) {
            assertThat(sentAt.get(i) - sentAt.get(i - 1))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(25).toNanos());
        }
    }

    @Test
    void aFixedNumberIsUnderWay() {
        know(30);
        take(true, WEEK);
        take(true, WEEK);
        now += LONGEST.plusMinutes(1).toNanos();
        int underWay = 0;
        for (int i = 0; i < 20; i++) {
            now += Duration.ofSeconds(1).toNanos();
            underWay += republisher.next(time()) instanceof RepublishStep.Store ? 1 : 0;
        }
        assertThat(underWay).isEqualTo(8);
        assertThat(republisher.statistics().requestsUnderWay().used()).isEqualTo(8);
        assertThat(republisher.next(time())).isEqualTo(new RepublishStep.Wait(Long.MAX_VALUE));
    }

    /** A walk through many keys takes its time. */
    @Test
    void aFixedNumberOfKeysIsLookedAtInASecond() {
        know(1);
        for (int i = 0; i < 1000; i++) {
            take(NodeId.of(Fixtures.random(random, NodeId.LENGTH)), record(WEEK));
        }
        run(Duration.ofMinutes(1));
        Contact newcomer = newcomer(contact());
        run(Duration.ofSeconds(13));
        assertThat(receivers()).isNotEmpty().containsOnly(newcomer);
        int most = 0;
        for (int i = 0; i < sentAt.size(); i++) {
            long begin = sentAt.get(i);
            most = Math.max(most, (int) sentAt.stream()
                    .filter(at -> at >= begin && at < begin + 1_000_000_000L)
                    .count());
        }
        assertThat(most).isLessThanOrEqualTo(40);
        assertThat(republisher.statistics().newcomers().used()).isZero();
    }

    @Test
    void beyondTheLimitsKeysAndNewcomersArePassedOverAndCounted() {
        RepublishSettings defaults = RepublishSettings.DEFAULT;
        republisher = republisher(new RepublishSettings(defaults.timing(), new RepublishSettings.Limits(8, 3, 2, 256)));
        know(10);
        for (int i = 0; i < 5; i++) {
            take(true, WEEK);
            newcomer(contact());
        }
        assertThat(republisher.statistics().keys().used()).isEqualTo(3);
        assertThat(republisher.statistics().newcomers().used()).isEqualTo(2);
        assertThat(republisher.statistics().passedOver()).isEqualTo(2 + 3);
        NodeId dropped = store.keySet().iterator().next();
        store.remove(dropped);
        republisher.onDropped(dropped);
        assertThat(republisher.statistics().keys().used()).isEqualTo(2);
        take(true, WEEK);
        assertThat(republisher.statistics().keys().used())
                .as("a key that the store has dropped makes room")
                .isEqualTo(3);
        assertThat(republisher.statistics().passedOver()).isEqualTo(5);
    }

    @Test
    void settingsMustBePositive() {
        RepublishSettings.Timing good = RepublishSettings.DEFAULT.timing();
        for (int zero = 0; zero < 5; zero++) {
            int which = zero;
            assertThatThrownBy(() -> new RepublishSettings(
                            new RepublishSettings.Timing(
                                    which == 0 ? Duration.ZERO : good.interval(),
                                    good.retry(),
                                    good.introduction(),
                                    good.pace()),
                            new RepublishSettings.Limits(
                                    which == 1 ? 0 : 1, which == 2 ? 0 : 1, which == 3 ? 0 : 1, which == 4 ? 0 : 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
