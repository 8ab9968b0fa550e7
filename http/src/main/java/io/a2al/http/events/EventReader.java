package io.a2al.http.events;

import io.a2al.http.stream.Sse;
import io.a2al.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Writes events to one client until it is gone or the hub is closed. The thread waits most of the time, so it should be
 * a virtual one. Not thread-safe.
 */
final class EventReader {

    private final EventHub hub;
    private final Function<HubEvent, Bytes> frames;
    private final Runnable onWritten;
    private final long keepAliveNanos;
    private final LongSupplier nanos;
    private long number;
    private long lastWrite;

    /**
     * A reader.
     *
     * @param frames what the client is sent of an event; empty for nothing
     * @param onWritten called whenever something was written
     * @param keepAliveNanos after which a client without events is sent a comment
     * @param nanos a monotonic clock
     */
    EventReader(
            EventHub hub,
            Function<HubEvent, Bytes> frames,
            Runnable onWritten,
            long keepAliveNanos,
            LongSupplier nanos) {
        this.hub = hub;
        this.frames = frames;
        this.onWritten = onWritten;
        this.keepAliveNanos = keepAliveNanos;
        this.nanos = nanos;
    }

    /** Writes what comes after {@code start}. */
    void run(EventHub.Start start, OutputStream out) throws IOException {
        number = start.number();
        write(out, start.isGap() ? lost(Optional.empty()) : Sse.keepAlive());
        boolean over = false;
        while (!over) {
            EventHub.Batch batch = await();
            byte[] frame = frameOf(batch);
            if (frame.length > 0) {
                write(out, frame);
            } else if (keepAliveIn() <= 0) {
                write(out, Sse.keepAlive());
            }
            number = batch.next();
            over = batch.isLast();
        }
    }

    private EventHub.Batch await() throws IOException {
        try {
            return hub.await(number, keepAliveIn());
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server is being stopped");
        }
    }

    private long keepAliveIn() {
        return lastWrite + keepAliveNanos - nanos.getAsLong();
    }

    private byte[] frameOf(EventHub.Batch batch) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        if (batch.missed() > 0) {
            frame.writeBytes(lost(Optional.of(batch.missed())));
        }
        batch.events().forEach(event -> frame.writeBytes(frames.apply(event).toArray()));
        return frame.toByteArray();
    }

    /** Without an id, so that the client's last id is still that of an event. */
    private byte[] lost(Optional<Long> count) {
        return Sse.event(EventType.LOST.text(), EventJson.lost(count, hub.now()));
    }

    private void write(OutputStream out, byte[] frame) throws IOException {
        out.write(frame);
        out.flush();
        lastWrite = nanos.getAsLong();
        onWritten.run();
    }
}
