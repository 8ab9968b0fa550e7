package io.a2al.dht.shell;

import io.a2al.dht.transport.Transport;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageCodec;

/**
 * Signed answers that are held back while further requests are at hand, and then sent one right after the other. For a
 * lone datagram the kernel has to wake its receiver, often on another core; datagrams that follow at once cost about
 * half as much. Belongs to one thread at a time.
 */
final class AnswerBatch {

    /** Most answers held back. A larger batch would save hardly anything more and delay its first answer. */
    static final int CAPACITY = 16;

    private final Transport transport;
    private final Traffic traffic;
    private final byte[][] datagrams = new byte[CAPACITY][MessageCodec.MAX_DATAGRAM];
    private final int[] lengths = new int[CAPACITY];
    private final Endpoint[] receivers = new Endpoint[CAPACITY];
    private int count;

    AnswerBatch(Transport transport, Traffic traffic) {
        this.transport = transport;
        this.traffic = traffic;
    }

    /**
     * Adds the first {@code length} bytes of a datagram, at most {@link MessageCodec#MAX_DATAGRAM}; sends a full batch.
     */
    void add(Endpoint to, byte[] datagram, int length) {
        System.arraycopy(datagram, 0, datagrams[count], 0, length);
        lengths[count] = length;
        receivers[count] = to;
        count++;
        if (count == CAPACITY) {
            send();
        }
    }

    /** Sends the answers that are held back. */
    void send() {
        int held = count;
        count = 0;
        for (int i = 0; i < held; i++) {
            traffic.countSent(transport.answer(receivers[i], datagrams[i], lengths[i]));
        }
    }
}
