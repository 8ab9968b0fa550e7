package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponseBudgetTest {

    /** wire.md section 4: what a datagram needs beside its body. */
    private static final int OUTER = 134;

    /** The record that fills a datagram for an IPv4 asker, alone (wire.md 9), and for an IPv6 one. */
    private static final int LARGEST_IPV4 = 1053;

    private static final int LARGEST_IPV6 = LARGEST_IPV4 - 12;

    private static final TransactionId TRANSACTION = TransactionId.of(Fixtures.consecutive(0xa0, 20));
    private static final Endpoint IPV4 = Fixtures.observed();
    private static final Endpoint IPV6 = Fixtures.ipv6(1, 4121);

    private final Random random = new Random(42);
    private final MessageCodec codec = Fixtures.codec();

    private int datagram(Message message) {
        return codec.encode(Header.of(message.type(), TRANSACTION), message, Fixtures.A.newSigner());
    }

    private int datagram(ResponseBudget.Selection selection, Endpoint observed) {
        return datagram(new Message.FindValueResponse(
                Optional.of(selection.nodes()), Optional.empty(), observed, selection.records()));
    }

    private Contact contact(boolean ipv6) {
        int port = new int[] {0, 23, 24, 255, 256, 65535}[random.nextInt(6)];
        byte[] ip = Fixtures.random(random, ipv6 ? 16 : 4).toArray();
        return Contact.of(Address.of(Fixtures.random(random, Address.LENGTH)), Endpoint.of(ip, port));
    }

    private List<Contact> contacts(int count) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contacts.add(contact(random.nextBoolean()));
        }
        return contacts;
    }

    /** A record whose encoding has this many bytes. */
    private SignedRecord record(int encodedLength) {
        for (int payload = encodedLength - 141; payload >= 0; payload--) {
            SignedRecord record = SignedRecord.of(
                    Address.of(Fixtures.random(random, Address.LENGTH)),
                    2,
                    Optional.of(Bytes.zeros(payload)),
                    7,
                    Fixtures.NOW,
                    3600,
                    Bytes.zeros(32),
                    Bytes.zeros(64),
                    Optional.empty());
            if (record.encodedLength() == encodedLength) {
                return record;
            }
        }
        throw new IllegalArgumentException("no record has exactly " + encodedLength + " bytes");
    }

    private List<SignedRecord> records(int count, int most) {
        List<SignedRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int payload = random.nextInt(most - 145);
            records.add(SignedRecord.of(
                    Address.of(Fixtures.random(random, Address.LENGTH)),
                    2,
                    Optional.of(Bytes.zeros(payload)),
                    random.nextInt(24),
                    Fixtures.NOW,
                    3600,
                    Bytes.zeros(32),
                    Bytes.zeros(64),
                    Optional.empty()));
        }
        return records;
    }

    // ---- requests ---------------------------------------------------------------------------------------------

    @Test
    void requestsWithTheLongestRecordFitADatagramAndLongerOnesDoNot() {
        Optional<NodeId> key = Optional.of(Fixtures.B.nodeId());
        int longest = Message.Store.maxRecord(true);
        Message.Store store = new Message.Store(record(longest), key);
        assertThat(store.fits()).isTrue();
        assertThat(datagram(store)).isEqualTo(MessageCodec.MAX_DATAGRAM);
        assertThat(new Message.Store(record(longest + 1), key).fits()).isFalse();
        assertThat(new Message.Store(record(longest + 1), Optional.of(NodeId.ZERO)).fits())
                .isFalse();

        Message.Push push = new Message.Push(NodeId.ZERO, record(longest));
        assertThat(push.fits()).isTrue();
        assertThat(datagram(push)).isEqualTo(MessageCodec.MAX_DATAGRAM);
        assertThat(new Message.Push(NodeId.ZERO, record(longest + 1)).fits()).isFalse();
    }

    @Test
    void aStoreWithoutKeyFitsIfItsRecordCanBeReadBackFromAnIpv6Address() {
        int longest = Message.Store.maxRecord(false);
        assertThat(longest).isEqualTo(LARGEST_IPV6);
        SignedRecord record = record(longest);
        assertThat(new Message.Store(record, Optional.empty()).fits()).isTrue();
        assertThat(datagram(ResponseBudget.fit(List.of(), List.of(record), IPV6, 0), IPV6))
                .isEqualTo(MessageCodec.MAX_DATAGRAM);
        assertThat(new Message.Store(record(longest + 1), Optional.empty()).fits())
                .isFalse();
    }

    @Test
    void requestsWithoutARecordFitAndResponsesFitUpToTheSizeOfADatagram() {
        assertThat(new Message.FindValue(NodeId.ZERO, 255, true).fits()).isTrue();
        assertThat(new Message.NatProbeEcho(Bytes.zeros(8)).fits()).isTrue();
        assertThat(response(LARGEST_IPV4).fits()).isTrue();
        assertThat(response(LARGEST_IPV4 + 1).fits()).isFalse();
        assertThat(new Message.FindNodeResponse(Optional.of(contacts(30)), IPV4).fits())
                .isFalse();
    }

    private Message response(int recordLength) {
        return new Message.FindValueResponse(
                Optional.of(List.of()), Optional.empty(), IPV4, List.of(record(recordLength)));
    }

    // ---- contacts ---------------------------------------------------------------------------------------------

    @Test
    void theLengthOfAContactIsThatOfItsEncoding() throws Exception {
        for (int port : new int[] {0, 1, 23, 24, 255, 256, 4121, 65535}) {
            for (boolean ipv6 : new boolean[] {false, true}) {
                Contact contact = contact(ipv6);
                contact = contact.at(contact.endpoint().withPort(port));
                CborWriter writer = new CborWriter(16);
                contact.write(writer);
                assertThat(contact.encodedLength()).isEqualTo(writer.length());
                assertThat(Contact.read(CborReader.of(writer.toBytes()))).isEqualTo(contact);
            }
        }
    }

    @Test
    void sixteenCandidatesBecomeFifteenOrTwelve() {
        List<Contact> ipv4 = new ArrayList<>();
        List<Contact> ipv6 = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Address address = Address.of(Fixtures.random(random, Address.LENGTH));
            ipv4.add(Contact.of(address, IPV4));
            ipv6.add(Contact.of(address, IPV6));
        }
        List<Contact> fifteen = ResponseBudget.fit(ipv4, IPV4);
        assertThat(fifteen).isEqualTo(ipv4.subList(0, 15));
        assertThat(datagram(new Message.FindNodeResponse(Optional.of(fifteen), IPV4)))
                .isEqualTo(OUTER + 1046);
        assertThat(ResponseBudget.fit(ipv6, IPV4)).isEqualTo(ipv6.subList(0, 12));
        assertThat(ResponseBudget.fit(ipv6, IPV6)).isEqualTo(ipv6.subList(0, 12));
    }

    @Test
    void aFindNodeResponseIsTheLongestPrefixThatFits() {
        for (int i = 0; i < 500; i++) {
            List<Contact> candidates = contacts(random.nextInt(20));
            Endpoint observed = random.nextBoolean() ? IPV4 : IPV6;
            List<Contact> chosen = ResponseBudget.fit(candidates, observed);
            assertThat(chosen).isEqualTo(candidates.subList(0, chosen.size()));
            assertThat(datagram(new Message.FindNodeResponse(Optional.of(chosen), observed)))
                    .isLessThanOrEqualTo(OUTER + ResponseBudget.MAX_BODY);
            if (chosen.size() < candidates.size()) {
                List<Contact> oneMore = candidates.subList(0, chosen.size() + 1);
                assertThat(datagram(new Message.FindNodeResponse(Optional.of(oneMore), observed)))
                        .isGreaterThan(OUTER + ResponseBudget.MAX_BODY);
            }
        }
    }

    // ---- records ----------------------------------------------------------------------------------------------

    @Test
    void d20_aFindValueResponseFitsAndKeepsRoomForContacts() {
        for (int i = 0; i < 2_000; i++) {
            List<Contact> candidates = contacts(random.nextInt(20));
            // Some small, some mixed, some with records that no datagram can hold.
            List<SignedRecord> records =
                    records(random.nextInt(8), new int[] {160, 300, 700, 1_054, 1_300}[random.nextInt(5)]);
            Endpoint observed = random.nextBoolean() ? IPV4 : IPV6;
            ResponseBudget.Selection selection = ResponseBudget.fit(candidates, records, observed, random.nextInt());

            List<Contact> nodes = selection.nodes();
            assertThat(nodes).isEqualTo(candidates.subList(0, nodes.size()));
            assertThat(records).containsAll(selection.records());
            assertThat(new HashSet<>(selection.records())).hasSameSizeAs(selection.records());
            int datagram = datagram(selection, observed);
            if (datagram > OUTER + ResponseBudget.MAX_BODY) {
                assertThat(selection.records()).hasSize(1);
                assertThat(nodes).isEmpty();
                assertThat(datagram).isLessThanOrEqualTo(MessageCodec.MAX_DATAGRAM);
            }
            if (selection.records().size() > 1) {
                assertThat(nodes.size())
                        .isGreaterThanOrEqualTo(Math.min(candidates.size(), ResponseBudget.RESERVED_CONTACTS));
            }
            if (nodes.size() < candidates.size() && datagram <= OUTER + ResponseBudget.MAX_BODY) {
                // What is left is too small for the next contact.
                assertThat(datagram + candidates.get(nodes.size()).encodedLength())
                        .isGreaterThan(OUTER + ResponseBudget.MAX_BODY);
            }
        }
    }

    @Test
    void d20_everyRecordThatADatagramCanHoldIsRevealedByRotation() {
        for (int i = 0; i < 500; i++) {
            Endpoint observed = random.nextBoolean() ? IPV4 : IPV6;
            List<SignedRecord> records =
                    records(1 + random.nextInt(8), observed.isIpv4() ? LARGEST_IPV4 : LARGEST_IPV6);
            List<Contact> candidates = contacts(random.nextInt(20));
            Set<SignedRecord> revealed = new HashSet<>();
            for (int first = 0; first < records.size(); first++) {
                List<SignedRecord> chosen =
                        ResponseBudget.fit(candidates, records, observed, first).records();
                assertThat(chosen).startsWith(records.get(first));
                assertThat(ResponseBudget.fit(candidates, records, observed, first - records.size())
                                .records())
                        .isEqualTo(chosen);
                revealed.addAll(chosen);
            }
            assertThat(revealed).containsExactlyInAnyOrderElementsOf(records);
        }
    }

    @Test
    void askingAgainGoesOnWhereTheLastAnswerEnded() {
        for (int i = 0; i < 200; i++) {
            List<SignedRecord> records = records(1 + random.nextInt(30), LARGEST_IPV6);
            List<Contact> candidates = contacts(16);
            List<SignedRecord> revealed = new ArrayList<>();
            int next = 0;
            do {
                ResponseBudget.Selection selection = ResponseBudget.fit(candidates, records, IPV6, next);
                assertThat(selection.records()).isNotEmpty();
                revealed.addAll(selection.records());
                next = selection.next();
            } while (revealed.size() < records.size());
            assertThat(revealed.subList(0, records.size())).isEqualTo(records);
        }
    }

    /** An answer that left out records says so by its size; one too many suspicions only costs a question. */
    @Test
    void anAnswerThatLeftOutRecordsIsTakenForCut() {
        assertThat(ResponseBudget.isProbablyCut(List.of())).isFalse();
        assertThat(ResponseBudget.isProbablyCut(List.of(record(180)))).isFalse();
        for (int length : new int[] {150, 180, 300, 500, 900}) {
            List<SignedRecord> many =
                    IntStream.range(0, 20).mapToObj(n -> record(length)).toList();
            for (int contacts : new int[] {0, 1, 4, 16}) {
                List<SignedRecord> sent =
                        ResponseBudget.fit(contacts(contacts), many, IPV4, 0).records();
                assertThat(sent).hasSizeLessThan(20);
                assertThat(ResponseBudget.isProbablyCut(sent)).isTrue();
            }
        }
    }

    /** With the longest contacts, another record of 250 bytes would have filled the body to the last byte. */
    @Test
    void anAnswerWithRoomForAnotherRecordIsNotTakenForCut() {
        assertThat(ResponseBudget.isProbablyCut(List.of(record(195), record(250))))
                .isFalse();
        assertThat(ResponseBudget.isProbablyCut(List.of(record(196), record(250))))
                .isTrue();
    }

    @Test
    void anAnswerThatMayFillTheDatagramIsThatWithoutALimit() {
        List<Contact> candidates = contacts(16);
        List<SignedRecord> records = List.of(record(300), record(300), record(300), record(300));
        int whole = MessageCodec.MAX_DATAGRAM - OUTER;
        assertThat(ResponseBudget.fit(candidates, records, IPV4, 0, whole))
                .isEqualTo(ResponseBudget.fit(candidates, records, IPV4, 0));
        assertThat(ResponseBudget.fit(candidates, records, IPV4, 0, whole).nodes())
                .hasSizeGreaterThanOrEqualTo(ResponseBudget.RESERVED_CONTACTS);
    }

    @Test
    void anyNumberIsAPlaceToBegin() {
        List<SignedRecord> records = List.of(record(150), record(151), record(152));
        for (int first : new int[] {Integer.MIN_VALUE, -1, 0, 5, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            int start = Math.floorMod(first, 3);
            assertThat(ResponseBudget.fit(List.of(), records, IPV4, first).records())
                    .containsExactly(records.get(start), records.get((start + 1) % 3), records.get((start + 2) % 3));
        }
    }

    @Test
    void aRecordTooLargeForADatagramHidesNoOther() {
        SignedRecord small = record(300);
        for (int length : new int[] {1_054, 1_200, 3_000}) {
            List<SignedRecord> records = List.of(record(length), small);
            for (int first = 0; first < 2; first++) {
                assertThat(ResponseBudget.fit(contacts(16), records, IPV4, first)
                                .records())
                        .containsExactly(small);
            }
            ResponseBudget.Selection alone = ResponseBudget.fit(contacts(16), records.subList(0, 1), IPV4, 0);
            assertThat(alone.records()).isEmpty();
            assertThat(alone.nodes()).isNotEmpty();
        }
    }

    @Test
    void aLoneRecordMayFillTheDatagramToTheLastByte() {
        List<Contact> candidates = contacts(16);
        SignedRecord forIpv4 = record(LARGEST_IPV4);
        ResponseBudget.Selection full = ResponseBudget.fit(candidates, List.of(forIpv4), IPV4, 0);
        assertThat(full.records()).containsExactly(forIpv4);
        assertThat(datagram(full, IPV4)).isEqualTo(MessageCodec.MAX_DATAGRAM);
        SignedRecord forIpv6 = record(LARGEST_IPV6);
        assertThat(datagram(ResponseBudget.fit(candidates, List.of(forIpv6), IPV6, 0), IPV6))
                .isEqualTo(MessageCodec.MAX_DATAGRAM);
        assertThat(ResponseBudget.fit(candidates, List.of(record(LARGEST_IPV4 + 1), forIpv4), IPV4, 0)
                        .records())
                .containsExactly(forIpv4);
        assertThat(ResponseBudget.fit(candidates, List.of(record(LARGEST_IPV4 + 1)), IPV4, 0)
                        .records())
                .isEmpty();
        assertThat(ResponseBudget.fit(candidates, List.of(record(LARGEST_IPV6 + 1)), IPV6, 0)
                        .records())
                .isEmpty();
    }

    @Test
    void aLargeRecordTakesTheRoomOfContactsButNoMoreThanItNeeds() {
        List<Contact> candidates = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            candidates.add(Contact.of(Address.of(Fixtures.random(random, Address.LENGTH)), IPV4));
        }
        SignedRecord large = record(900);
        ResponseBudget.Selection selection = ResponseBudget.fit(candidates, List.of(large, record(200)), IPV4, 0);
        assertThat(selection.records()).containsExactly(large);
        assertThat(selection.nodes()).isEqualTo(candidates.subList(0, 1));
    }

    @Test
    void nothingAtAllIsFineToo() {
        ResponseBudget.Selection nothing = ResponseBudget.fit(List.of(), List.of(), IPV4, 5);
        assertThat(nothing.nodes()).isEmpty();
        assertThat(nothing.records()).isEmpty();
        assertThat(ResponseBudget.fit(List.of(), IPV6)).isEmpty();
        SignedRecord record = record(200);
        assertThat(ResponseBudget.fit(List.of(), List.of(record), IPV4, -1).records())
                .containsExactly(record);
        List<Contact> candidates = contacts(16);
        assertThat(ResponseBudget.fit(candidates, List.of(), IPV4, 0).nodes())
                .isEqualTo(ResponseBudget.fit(candidates, IPV4));
    }

    /**
     * Known-defects D-19: an older node writes the record as its single answer and into the list, beside one contact.
     */
    @Test
    void d19_theLongestEndpointRecordThatOlderNodesCanServe() {
        assertThat(legacyDatagram(ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD))
                .isLessThanOrEqualTo(MessageCodec.MAX_DATAGRAM);
        assertThat(legacyDatagram(ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD + 1))
                .isGreaterThan(MessageCodec.MAX_DATAGRAM);
    }

    private int legacyDatagram(int recordLength) {
        SignedRecord twice = record(recordLength);
        Contact contact = Contact.of(Address.of(Fixtures.random(random, Address.LENGTH)), IPV4);
        Message answer =
                new Message.FindValueResponse(Optional.of(List.of(contact)), Optional.of(twice), IPV4, List.of(twice));
        CborWriter body = new CborWriter(1200);
        BodyWriter.write(body, answer);
        return OUTER + body.length();
    }

    // ---- less than a whole datagram ---------------------------------------------------------------------------

    @Test
    void aShortAnswerKeepsToItsLimitAndUsesIt() {
        for (int i = 0; i < 1000; i++) {
            int maxBody = 20 + random.nextInt(1100);
            Endpoint observed = random.nextBoolean() ? IPV4 : IPV6;
            List<Contact> nodes = contacts(random.nextInt(20));
            List<Contact> fewer = ResponseBudget.fit(nodes, observed, maxBody);
            assertThat(fewer).isEqualTo(nodes.subList(0, fewer.size()));
            if (!fewer.isEmpty()) {
                assertThat(datagram(new Message.FindNodeResponse(Optional.of(fewer), observed)) - OUTER)
                        .isLessThanOrEqualTo(maxBody);
            }
            List<SignedRecord> records = records(random.nextInt(8), 900);
            ResponseBudget.Selection selection =
                    ResponseBudget.fit(nodes, records, observed, random.nextInt(10), maxBody);
            assertThat(records).containsAll(selection.records());
            if (!selection.records().isEmpty()) {
                assertThat(datagram(selection, observed) - OUTER).isLessThanOrEqualTo(maxBody);
            }
        }
    }

    @Test
    void theLengthOfADatagramIsKnownBeforehand() {
        SignedRecord record = record(300);
        List<Message> messages = List.of(
                new Message.Ping(Fixtures.A.address()),
                new Message.Pong(Fixtures.A.address(), IPV6),
                new Message.FindNode(Fixtures.A.nodeId()),
                new Message.FindNodeResponse(Optional.of(contacts(7)), IPV4),
                new Message.FindValue(Fixtures.A.nodeId(), 0x80, true),
                new Message.FindValueResponse(Optional.of(contacts(3)), Optional.empty(), IPV4, List.of(record)),
                new Message.Store(record, Optional.of(Fixtures.A.nodeId())),
                Message.StoreResponse.of(true),
                new Message.Push(Fixtures.A.nodeId(), record));
        MessageMeter meter = new MessageMeter();
        for (Message message : messages) {
            assertThat(MessageCodec.encodedLength(message)).isEqualTo(datagram(message));
            assertThat(meter.datagramLength(message)).isEqualTo(datagram(message));
        }
    }

    @Test
    void inAShortAnswerRecordsGoBeforeContacts() {
        List<SignedRecord> records = List.of(record(200), record(201), record(202));
        List<Contact> nodes = contacts(5);
        ResponseBudget.Selection selection = ResponseBudget.fit(nodes, records, IPV4, 1, 415);
        assertThat(selection.records()).containsExactly(records.get(1));
        assertThat(selection.next()).isEqualTo(2);
        selection = ResponseBudget.fit(nodes, records, IPV4, 1, 416);
        assertThat(selection.records()).containsExactly(records.get(1), records.get(2));
        assertThat(selection.nodes()).isEmpty();
        assertThat(selection.next()).isZero();
    }

    @Test
    void aShortAnswerWithoutRoomForAnyRecordHoldsNothing() {
        ResponseBudget.Selection selection =
                ResponseBudget.fit(contacts(5), List.of(record(700), record(701)), IPV4, 1, 500);
        assertThat(selection).isEqualTo(new ResponseBudget.Selection(List.of(), List.of(), 1));
    }

    @Test
    void aRecordThatNoDatagramHoldsDoesNotCount() {
        List<Contact> nodes = contacts(3);
        assertThat(ResponseBudget.fit(nodes, List.of(record(1100)), IPV4, 0, 500)
                        .nodes())
                .isEqualTo(nodes);
    }
}
