package io.a2al.dht.shell;

import io.a2al.core.shell.DatagramOutput;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.message.Endpoint;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Hands one thread's datagrams to the transport, and counts them. Belongs to one thread at a time. */
final class ThreadOutput implements DatagramOutput {

    private final Transport transport;
    private final Traffic traffic;
    private final Optional<AnswerBatch> answers;

    /** Runs what waits until all records kept so far are on the disk. */
    private final Optional<Executor> whenWritten;

    private ThreadOutput(
            Transport transport, Traffic traffic, Optional<AnswerBatch> answers, Optional<Executor> whenWritten) {
        this.transport = transport;
        this.traffic = traffic;
        this.answers = answers;
        this.whenWritten = whenWritten;
    }

    /** An output that sends everything at once. */
    static ThreadOutput immediate(Transport transport, Traffic traffic, Optional<Executor> whenWritten) {
        return new ThreadOutput(transport, traffic, Optional.empty(), whenWritten);
    }

    /** An output that holds answers back until {@link #flush}, or until a batch of them is full. */
    static ThreadOutput batching(Transport transport, Traffic traffic, Optional<Executor> whenWritten) {
        return new ThreadOutput(transport, traffic, Optional.of(new AnswerBatch(transport, traffic)), whenWritten);
    }

    @Override
    public boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer) {
        if (isAnswer && answers.isPresent()) {
            answers.get().add(to, buffer, length);
            return true;
        }
        boolean sent = isAnswer ? transport.answer(to, buffer, length) : transport.send(to, buffer, length);
        traffic.countSent(sent);
        return sent;
    }

    @Override
    public boolean confirm(Endpoint to, byte[] buffer, int length) {
        if (whenWritten.isEmpty()) {
            return send(to, buffer, length, true);
        }
        byte[] answer = Arrays.copyOf(buffer, length);
        whenWritten.get().execute(() -> traffic.countSent(transport.answer(to, answer, length)));
        return true;
    }

    @Override
    public void oversized(Endpoint to, byte[] buffer, int length) {
        traffic.countSent(false);
    }

    /** Sends the answers that are held back. */
    void flush() {
        if (answers.isPresent()) {
            answers.get().send();
        }
    }
}
