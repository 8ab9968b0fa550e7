package io.a2al.dht.shell;

import io.a2al.dht.transport.Transport;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageCodec;

/**
 * Signed answers that are held back while there are further requests to deal with, and then sent one right after the
 * other. A kernel hands a lone datagram on with much ado, up to waking who waits for it on another core; those that
 * follow at once cost about half as much. Belongs to one thread at a time.
 */
final class AnswerBatch {

    /** Answers held back at the most. More would hardly save anything, and the first of them would come later. */
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

    /** Sends what is held back. */
    void send() {
        int held = count;
        count = 0;
        for (int i = 0; i < held; i++) {
            traffic.countSent(transport.answer(receivers[i], datagrams[i], lengths[i]));
        }
    }
}
