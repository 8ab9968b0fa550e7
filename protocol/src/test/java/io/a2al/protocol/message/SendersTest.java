package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendersTest {

    private final Senders senders = new Senders();

    private void assertRight(byte[] input, int at) {
        Bytes key = Bytes.copyOfRange(input, at, at + 32);
        Address address = Address.ofPublicKey(key);
        assertThat(senders.at(input, at)).isEqualTo(new Senders.Sender(key, address, NodeId.ofAddress(address)));
    }

    @Test
    void keysThatShareAPlaceAreToldApart() {
        byte[] input = new byte[80];
        input[40] = 1;
        assertRight(input, 0);
        input[31] = 7;
        assertRight(input, 0);
        input[31] = 0;
        assertRight(input, 0);
        assertRight(input, 9);
    }

    @Test
    void anyKeyHasAPlace() {
        Random random = new Random(3);
        byte[] input = new byte[32];
        for (int i = 0; i < 3000; i++) {
            random.nextBytes(input);
            assertRight(input, 0);
        }
    }

    @Test
    void whoSentLatelyIsRemembered() {
        byte[] input = new byte[32];
        assertThat(senders.at(input, 0)).isSameAs(senders.at(input.clone(), 0));
    }
}
