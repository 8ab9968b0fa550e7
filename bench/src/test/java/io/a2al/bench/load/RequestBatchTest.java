package io.a2al.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.nio.channels.DatagramChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestBatchTest {

    @Test
    void requestIsFoundByItsWholeTransactionIdAndItsSender() throws Exception {
        MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
        RequestBatch batch = new RequestBatch(codec, new Random(7));
        try (DatagramChannel channel = DatagramChannel.open()) {
            Sender sender = new Sender(Identity.ofSeed(new byte[32]), channel);
            Sender other = new Sender(Identity.ofSeed(new byte[32]), channel);
            Message ping = new Message.Ping(sender.identity().address());
            for (int i = 0; i < 300; i++) {
                batch.add(sender, ping, MessageType.PONG);
            }

            byte[] datagram = batch.datagram(299).array();
            Envelope sent = codec.decode(datagram, datagram.length);
            assertThat(codec.verify(sent)).isTrue();
            assertThat(sent.message()).isEqualTo(ping);
            assertThat(batch.numberOf(sent.transactionId(), sender)).isEqualTo(299);
            assertThat(batch.numberOf(sent.transactionId(), other)).isEqualTo(-1);

            byte[] bytes = sent.transactionId().toBytes().toArray();
            bytes[19] ^= 1;
            assertThat(batch.numberOf(TransactionId.of(Bytes.copyOf(bytes)), sender))
                    .isEqualTo(-1);
            bytes[0] = (byte) 0x80;
            assertThat(batch.numberOf(TransactionId.of(Bytes.copyOf(bytes)), sender))
                    .isEqualTo(-1);
            bytes[0] = 0x7f;
            assertThat(batch.numberOf(TransactionId.of(Bytes.copyOf(bytes)), sender))
                    .isEqualTo(-1);
        }
    }
}
