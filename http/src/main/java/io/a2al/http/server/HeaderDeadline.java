package io.a2al.http.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose first request is not there in time. The idle timeout alone would let a client keep a
 * connection for days by a byte every few seconds. It is asked at the opening and closing of each connection, and at
 * each request before all else. Thread-safe.
 */
final class HeaderDeadline extends Handler.Wrapper implements Connection.Listener {

    private final Scheduler scheduler;
    private final Duration limit;
    private final Map<Connection, Scheduler.Task> waiting = new ConcurrentHashMap<>();

    HeaderDeadline(Scheduler scheduler, Duration limit, Handler next) {
        super(next);
        this.scheduler = scheduler;
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, scheduler.schedule(connection::close, limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void onClosed(Connection connection) {
        stop(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        stop(request.getConnectionMetaData().getConnection());
        return super.handle(request, response, callback);
    }

    private void stop(Connection connection) {
        Scheduler.Task task = waiting.remove(connection);
        if (task != null) {
            boolean _ = task.cancel();
        }
    }
}
