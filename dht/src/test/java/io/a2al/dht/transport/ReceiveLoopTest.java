package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReceiveLoopTest {

    private static final SocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4121);

    /** What a socket does, one after another; then it is closed. */
    private static final class Script implements ReceiveLoop.Source {

        /** No datagram is there yet. */
        private static final Object NOTHING = "nothing";

        private final Queue<Object> steps = new ArrayDeque<>();

        Script(Object... steps) {
            this.steps.addAll(List.of(steps));
        }

        @Override
        public @Nullable SocketAddress poll(ByteBuffer into) throws IOException {
            switch (steps.isEmpty() ? new ClosedChannelException() : steps.remove()) {
                case IOException failure -> throw failure;
                case byte[] datagram -> into.put(datagram);
                case Object nothing -> {
                    return null;
                }
            }
            return PEER;
        }

        @Override
        public @Nullable SocketAddress receive(ByteBuffer into) throws IOException {
            return poll(into);
        }
    }

    /** Without a stack trace, as it is logged. */
    private static final class Defect extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Defect() {
            super("a defect, on purpose", null, false, false);
        }
    }

    @Test
    void d31_errorsOfTheSocketDoNotEndReception() {
        List<Integer> lengths = new ArrayList<>();
        ReceiveLoop loop = new ReceiveLoop(new AddressCache());

        loop.run(
                new Script(
                        new byte[1],
                        new PortUnreachableException("of an earlier datagram"),
                        new IOException("out of buffers"),
                        new byte[2]),
                new byte[16],
                (from, buffer, length) -> lengths.add(length));

        assertThat(lengths).containsExactly(1, 2);
        assertThat(loop.errors()).isEqualTo(2);
    }

    @Test
    void d31_aDefectOfOursDoesNotEndReception() {
        List<Integer> lengths = new ArrayList<>();
        ReceiveLoop loop = new ReceiveLoop(new AddressCache());

        loop.run(new Script(new byte[1], new byte[2]), new byte[16], (from, buffer, length) -> {
            lengths.add(length);
            throw new Defect();
        });

        assertThat(lengths).containsExactly(1, 2);
        assertThat(loop.errors()).isEqualTo(2);
    }

    @Test
    void theHandlerHearsThatNothingIsThereEachTimeBeforeTheThreadWaits() {
        List<String> heard = new ArrayList<>();
        DatagramHandler handler = new DatagramHandler() {
            @Override
            public void onDatagram(Endpoint from, byte[] buffer, int length) {
                heard.add("datagram " + length);
            }

            @Override
            public void onDrained() {
                heard.add("drained");
            }
        };

        new ReceiveLoop(new AddressCache())
                .run(
                        new Script(new byte[1], new byte[2], Script.NOTHING, new byte[3], Script.NOTHING, new byte[4]),
                        new byte[16],
                        handler);

        assertThat(heard).containsExactly("datagram 1", "datagram 2", "drained", "datagram 3", "drained", "datagram 4");
    }
}
