package io.a2al.dht.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's DNS client against a name server on loopback. */
@Timeout(60)
class SystemTxtResolverTest {

    private static final int NO_SUCH_NAME = 3;

    /** Answers every question about the one name with the given TXT records, each a list of strings. */
    private static final class NameServer implements AutoCloseable {

        private final DatagramSocket socket;
        private final List<List<String>> records;
        private final int error;

        NameServer(int error, List<List<String>> records) throws IOException {
            this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            this.records = records;
            this.error = error;
            Thread.ofPlatform().daemon().start(this::serve);
        }

        TxtResolver client() {
            return SystemTxtResolver.at("127.0.0.1", socket.getLocalPort());
        }

        private void serve() {
            byte[] buffer = new byte[512];
            try {
                while (true) {
                    DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                    socket.receive(question);
                    byte[] answer = answer(buffer, question.getLength());
                    socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        /** RFC 1035, section 4: the question again, then the records, which name it by a pointer. */
        private byte[] answer(byte[] question, int length) {
            ByteBuffer answer = ByteBuffer.allocate(4096);
            int end = 12;
            while (question[end] != 0) {
                end += question[end] + 1;
            }
            end += 5;
            assertThat(end).isLessThanOrEqualTo(length);
            answer.put(question, 0, 2).putShort((short) (0x8580 | error));
            answer.putShort((short) 1).putShort((short) records.size()).putInt(0);
            answer.put(question, 12, end - 12);
            for (List<String> record : records) {
                ByteArrayOutputStream data = new ByteArrayOutputStream();
                for (String string : record) {
                    data.write(string.length());
                    data.writeBytes(string.getBytes(StandardCharsets.US_ASCII));
                }
                answer.putShort((short) 0xc00c)
                        .putShort((short) 16)
                        .putShort((short) 1)
                        .putInt(60);
                answer.putShort((short) data.size()).put(data.toByteArray());
            }
            return java.util.Arrays.copyOf(answer.array(), answer.position());
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void eachRecordIsOneText() throws Exception {
        String part = "192.0.2.1:4121,".repeat(17);
        try (NameServer server = new NameServer(
                0, List.of(List.of(part, "192.0.2.9:1"), List.of("a b", "c\\\"d"), List.of("plain", "", "x")))) {
            assertThat(server.client().texts("_a2al-bootstrap.a2al.test"))
                    .containsExactlyInAnyOrder(part + "192.0.2.9:1", "a bc\\\"d", "plainx");
            assertThat(part).as("as long as a string can be").hasSize(255);
        }
    }

    @Test
    void aNameThatDoesNotExistIsReported() throws Exception {
        try (NameServer server = new NameServer(NO_SUCH_NAME, List.of())) {
            assertThatThrownBy(() -> server.client().texts("nowhere.test"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("DNS query for nowhere.test failed: ");
        }
    }

    @Test
    void aNameWithoutTextsIsReported() throws Exception {
        try (NameServer server = new NameServer(0, List.of())) {
            assertThatThrownBy(() -> server.client().texts("silent.test"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the DNS has no TXT records of silent.test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ldap://evil.test/x", "a b", "rmi:x", "x/y"})
    void onlyNamesOfTheDnsAreAsked(String name) {
        assertThatThrownBy(() -> new SystemTxtResolver().texts(name))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not a DNS name: \"" + name + "\"; ");
    }
}
