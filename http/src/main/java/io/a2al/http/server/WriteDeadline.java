package io.a2al.http.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose clients do not take an answer. The idle timeout alone would let a client keep an answer
 * waiting for ever by reading a little every few seconds. Each write has a limit of time, longer if it has more than
 * {@value #PIECE} bytes; an answer of many writes, such as a stream of events, may take as long as it likes.
 * Thread-safe.
 */
final class WriteDeadline extends Handler.Wrapper {

    /** Bytes for which the limit is once allowed. */
    private static final int PIECE = 64 << 10;

    private final Scheduler scheduler;
    private final Duration limit;

    WriteDeadline(Scheduler scheduler, Duration limit, Handler next) {
        super(next);
        this.scheduler = scheduler;
        this.limit = limit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Guarded(request, response), callback);
    }

    private final class Guarded extends Response.Wrapper {

        private Guarded(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            int pieces = content == null ? 1 : 1 + content.remaining() / PIECE;
            Scheduler.Task task = scheduler.schedule(this::giveUp, limit.toMillis() * pieces, TimeUnit.MILLISECONDS);
            super.write(last, content, Callback.from(task::cancel, callback));
        }

        /** Fails the write, too. */
        private void giveUp() {
            getRequest()
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(new TimeoutException("the client did not take the answer within " + limit));
        }
    }
}
