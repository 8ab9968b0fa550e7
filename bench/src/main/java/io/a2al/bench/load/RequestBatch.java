package io.a2al.bench.load;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Signed requests, ready to be sent. The first four bytes of a transaction id are the number of the request, so that
 * the request for an answer is found without a map; the other bytes are random. Not thread-safe.
 */
final class RequestBatch {

    private final List<ByteBuffer> datagrams = new ArrayList<>();
    private final List<TransactionId> transactions = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<MessageType> answers = new ArrayList<>();

    private final MessageCodec codec;
    private final RandomGenerator random;

    /** Creates an empty batch. */
    RequestBatch(MessageCodec codec, RandomGenerator random) {
        this.codec = codec;
        this.random = random;
    }

    /** Signs a request and appends it; {@code answer} is the expected type of its answer. */
    void add(Sender sender, Message request, MessageType answer) {
        byte[] bytes = new byte[TransactionId.LENGTH];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(datagrams.size());
        TransactionId transaction = TransactionId.of(Bytes.copyOf(bytes));
        int length = codec.encode(Header.of(request.type(), transaction), request, sender.signer());
        datagrams.add(ByteBuffer.wrap(Arrays.copyOf(codec.buffer(), length)));
        transactions.add(transaction);
        senders.add(sender);
        answers.add(answer);
    }

    int size() {
        return datagrams.size();
    }

    /** Returns the datagram of a request, positioned at its start. */
    ByteBuffer datagram(int number) {
        return datagrams.get(number).rewind();
    }

    Sender sender(int number) {
        return senders.get(number);
    }

    /** Returns the expected type of the answer to a request. */
    MessageType answer(int number) {
        return answers.get(number);
    }

    /**
     * Returns the number of the request with the given transaction id that {@code receiver} sent; -1 if none matches.
     */
    int numberOf(TransactionId transaction, Sender receiver) {
        Bytes bytes = transaction.toBytes();
        int number = bytes.at(0) << 24 | bytes.at(1) << 16 | bytes.at(2) << 8 | bytes.at(3);
        boolean known = number >= 0
                && number < transactions.size()
                && transactions.get(number).equals(transaction)
                && senders.get(number) == receiver;
        return known ? number : -1;
    }
}
