package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.time.ShellTime;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.UnreadableMail;
import io.a2al.dht.shell.SequenceNumbers;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Notes between nodes on a network in memory. */
@Timeout(60)
class MailTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private static Bytes text(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(MailResult result) {
        return result.mail().stream()
                .map(note -> new String(note.mail().body().toArray(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aNoteGetsToItsRecipientAndToNobodyElse() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(8)) {
            nodes.get(5).publish(ENDPOINT);

            SendResult sent = nodes.get(2).sendMail(nodes.get(5).address(), Mail.TEXT, text("hello"));

            assertThat(sent).isInstanceOfSatisfying(SendResult.Sent.class, done -> {
                assertThat(done.publication().key()).isEqualTo(nodes.get(5).nodeId());
                assertThat(done.publication().state().replicas()).isEqualTo(7);
                assertThat(done.publication().state().record().ttl()).isEqualTo(3600);
            });
            MailResult read = nodes.get(5).readMail();
            assertThat(read.unreadable()).isEmpty();
            assertThat(read.mail()).singleElement().satisfies(note -> {
                assertThat(note.mail().sender()).isEqualTo(nodes.get(2).address());
                assertThat(note.mail().type()).isEqualTo(Mail.TEXT);
                assertThat(note.mail().body()).isEqualTo(text("hello"));
            });
            assertThat(nodes.get(5).readMail().mail()).as("it stays").isEqualTo(read.mail());
            assertThat(nodes.get(1).readMail().mail()).isEmpty();
        }
    }

    @Test
    void notesBetweenDelegatedAgentsNeedNotComeFromTheirOwnNodes() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(8)) {
            Agent sender = AgentTest.delegated(TestNodes.identity("sender's key"), Fixtures.wallet(1));
            Agent recipient = AgentTest.delegated(TestNodes.identity("recipient's key"), Fixtures.wallet(2));
            nodes.get(0).publish(recipient, ENDPOINT);

            nodes.get(1).sendMail(sender, recipient.address(), 200, text("for the wallet"));

            MailResult read = nodes.get(7).readMail(recipient);
            assertThat(texts(read)).containsExactly("for the wallet");
            assertThat(read.mail().getFirst().mail().sender()).isEqualTo(sender.address());
            assertThat(read.mail().getFirst().mail().type()).isEqualTo(200);
        }
    }

    @Test
    void notesComeInTheOrderInWhichTheyWereSentAndEqualOnesAllCome() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(6)) {
            Address recipient = nodes.get(0).address();
            nodes.get(0).publish(ENDPOINT);
            List<String> sent = List.of("one", "same", "two", "same");
            for (String each : sent) {
                nodes.get(1 + sent.indexOf(each)).sendMail(recipient, Mail.TEXT, text(each));
            }

            assertThat(texts(nodes.get(0).readMail())).isEqualTo(sent);
            assertThat(texts(nodes.get(0).readMail())).isEqualTo(sent);
        }
    }

    /** The one between them was not sealed at all; both readers of it are told, and get the rest. */
    @Test
    void whatCannotBeOpenedIsReportedAndStopsNothing() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(6)) {
            nodes.get(0).publish(ENDPOINT);
            nodes.get(1).sendMail(nodes.get(0).address(), Mail.TEXT, text("before"));
            SignedRecord junk = RecordSigner.self(Fixtures.C.newSigner())
                    .sign(0x81, Bytes.fromHex("a0"), 7, Instant.now().getEpochSecond() - 1, 600);
            nodes.get(2).publish(nodes.get(0).nodeId(), junk);
            nodes.get(3).sendMail(nodes.get(0).address(), Mail.TEXT, text("after"));

            MailResult read = nodes.get(0).readMail();

            assertThat(texts(read)).containsExactly("before", "after");
            assertThat(read.unreadable())
                    .containsExactly(new UnreadableMail(
                            Fixtures.C.address(), "recipient: the note is sealed for another address", junk));
        }
    }

    // ---- what cannot be sent ----------------------------------------------------------------------------------

    @Test
    void nobodyKnowsTheKeyOfWhoPublishedNothing() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(4)) {
            SendResult result = nodes.get(1).sendMail(Fixtures.C.address(), Mail.TEXT, text("anybody?"));

            assertThat(result).isInstanceOf(SendResult.RecipientUnknown.class);
            assertThat(result.report().answered()).isEqualTo(3);
        }
    }

    @Test
    void aNodeThatIsAloneKeepsTrying() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            nodes.get(0).publish(ENDPOINT);

            SendResult result = nodes.get(0).sendMail(nodes.get(0).address(), Mail.TEXT, text("to myself"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.NotStored.class,
                            waiting ->
                                    assertThat(waiting.publication().isOpen()).isTrue());
            assertThat(texts(nodes.get(0).readMail())).containsExactly("to myself");
        }
    }

    @Test
    void whatCannotFitIsRefusedBeforeAnythingIsSent() throws Exception {
        Agent byWallet = AgentTest.delegated(TestNodes.identity("long"), Fixtures.wallet(1));
        int limit = byWallet.longestMail(Mail.TEXT).orElseThrow();
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            DhtNode node = nodes.get(0);
            Address to = Fixtures.C.address();
            assertThatThrownBy(() -> node.sendMail(to, Mail.TEXT, Bytes.zeros(390)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the body has 390 bytes, the limit is 389");
            assertThatThrownBy(() -> node.sendMail(to, 24, Bytes.zeros(389)))
                    .hasMessage("the body has 389 bytes, the limit is 388");
            assertThatThrownBy(() -> node.sendMail(byWallet, to, Mail.TEXT, Bytes.zeros(limit + 1)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the body has " + (limit + 1) + " bytes, the limit is " + limit
                            + " beside the delegation proof of the sender");
            assertThatThrownBy(() -> node.sendMail(AgentTest.withLongProof(700), to, Mail.TEXT, Bytes.EMPTY))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("no note of ")
                    .hasMessageContaining("delegation proof");
            assertThatThrownBy(() -> node.sendMail(to, 256, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
            assertThat(node.traffic().sent()).isZero();
        }
    }

    @Test
    void theLongestNotesFit() throws Exception {
        Agent byWallet = AgentTest.delegated(TestNodes.identity("long"), Fixtures.wallet(1));
        try (TestNodes nodes = TestNodes.inMemory(4)) {
            nodes.get(0).publish(ENDPOINT);
            Address to = nodes.get(0).address();
            Bytes byLimit = Bytes.zeros(byWallet.longestMail(Mail.TEXT).orElseThrow());

            assertThat(nodes.get(1).sendMail(byWallet, to, Mail.TEXT, byLimit)).isInstanceOf(SendResult.Sent.class);
            assertThat(nodes.get(2).sendMail(to, Mail.TEXT, Bytes.zeros(389))).isInstanceOf(SendResult.Sent.class);

            assertThat(nodes.get(0).readMail().mail())
                    .extracting(note -> note.mail().body())
                    .containsExactly(byLimit, Bytes.zeros(389));
        }
    }

    @Test
    void anEndedDelegationSendsNothing() throws Exception {
        Identity key = TestNodes.identity("ended");
        Agent ended = Agent.delegated(key, DelegationProof.sign(Fixtures.A.newSigner(), key.publicKey(), 1, 1_000));
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            assertThatThrownBy(() -> nodes.get(0).sendMail(ended, Fixtures.C.address(), Mail.TEXT, text("late")))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("ended at 1970-01-01T00:16:40Z");
            assertThat(nodes.get(0).traffic().sent()).isZero();
        }
    }

    // ---- numbers ----------------------------------------------------------------------------------------------

    /** Notes are numbered by nanoseconds, no two of a process alike, even if the clock stands still. */
    @Test
    void notesOfAProcessAreNumberedApart() {
        long now = Instant.now().getEpochSecond();
        RateLimitedLogger log = new RateLimitedLogger(LoggerFactory.getLogger(MailTest.class), System::nanoTime);
        SequenceNumbers numbers = new SequenceNumbers(Optional.empty(), log);
        RecordMaker first = new RecordMaker(() -> new ShellTime(0, now), numbers);
        RecordMaker second = new RecordMaker(() -> new ShellTime(0, now), numbers);
        Agent agent = Agent.self(Fixtures.B);
        List<SignedRecord> notes = List.of(
                first.signNote(agent, Bytes.EMPTY),
                second.signNote(agent, Bytes.EMPTY),
                first.signNote(agent, Bytes.EMPTY));
        assertThat(notes)
                .extracting(SignedRecord::sequence)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(notes.getFirst().sequence()).isGreaterThanOrEqualTo(now * 1_000_000_000L);
        assertThat(notes).allMatch(note -> note.timestamp() == now - 1 && note.type() == RecordType.MAILBOX);
    }
}
