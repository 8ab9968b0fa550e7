package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidMessageVectorsTest {

    private final List<MessageCodec> codecs = Ed25519.available().stream()
            .map(library -> new MessageCodec(library.newVerifier()))
            .toList();

    @Test
    void everyVerdictIsTheReferencesOrOurWrittenChoiceWithEverySignatureLibrary() {
        Choices choices = Choices.load("messages_invalid");
        Vectors.load("messages_invalid.json").run(vector -> {
            byte[] packet = Vectors.hex(vector, "packet").toArray();
            boolean accepted = isAcceptedByAll(packet);
            boolean expected = Vectors.bool(vector, "accepted_v029");
            if (isOurChoice(vector)) {
                expected = choices.expected(vector, accepted);
            }
            assertThat(accepted).as("accepted").isEqualTo(expected);
            if (accepted && vector.has("canonical_body")) {
                checkCanonicalForm(vector, packet);
            }
        });
        choices.checkComplete();
    }

    /** Where the generations differ, the newer one's verdict binds; a flag is about the older one's. */
    private static boolean isOurChoice(JsonNode vector) {
        boolean older = Vectors.bool(vector, "accepted");
        boolean newer = Vectors.bool(vector, "accepted_v029");
        return older == newer && Vectors.flag(vector, older ? "may_reject" : "may_accept");
    }

    private boolean isAcceptedByAll(byte[] packet) {
        List<Boolean> verdicts = codecs.stream()
                .map(codec -> isAccepted(codec, packet))
                .distinct()
                .toList();
        assertThat(verdicts).as("verdicts of " + Ed25519.available()).hasSize(1);
        return verdicts.getFirst();
    }

    private static boolean isAccepted(MessageCodec codec, byte[] packet) {
        try {
            return codec.verify(codec.decode(packet, packet.length));
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private void checkCanonicalForm(JsonNode vector, byte[] packet) throws Exception {
        MessageCodec codec = codecs.getFirst();
        Envelope envelope = codec.decode(packet, packet.length);
        Bytes encoded = codec.encodeToBytes(envelope.header(), envelope.message(), Fixtures.A.newSigner());
        Bytes header = Vectors.hex(vector, "canonical_header");
        Bytes body = Vectors.hex(vector, "canonical_body");
        int bodyAt = 2 + header.length() + 1;
        assertThat(encoded.slice(2, 2 + header.length())).as("canonical header").isEqualTo(header);
        assertThat(encoded.slice(bodyAt, encoded.length() - 102))
                .as("canonical body")
                .isEqualTo(body);
    }
}
