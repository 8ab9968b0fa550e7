package io.a2al.core.command;

import io.a2al.core.api.Command;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Outcome;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.RequestSettings;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends the single requests that the application asks for (node.md section 6.2). Not thread-safe. */
public final class PeerCalls {

    private final RequestSettings settings;
    private final Address self;
    private final Requests requests;
    private final Outbox outbox;

    /** The requests under way, by operation. */
    private final Map<Long, ReplyHandler> underWay = new HashMap<>();

    public PeerCalls(RequestSettings settings, Address self, Requests requests, Outbox outbox) {
        this.settings = settings;
        this.self = self;
        this.requests = requests;
        this.outbox = outbox;
    }

    /** Sends a PING; completes like {@link #ask}. */
    public void ping(NodeTime now, long operation, Command.Ping command) {
        ask(now, operation, new Command.Ask(command.to(), Optional.empty(), new Message.Ping(self), command.timeout()));
    }

    /** Sends a request; completes with an answer, no answer, another identity, or a refusal. */
    public void ask(NodeTime now, long operation, Command.Ask command) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                underWay.remove(operation);
                Duration roundTrip = Duration.ofNanos(reply.roundTripNanos());
                outbox.complete(
                        operation, new Outcome.Answered(reply.node(), reply.message(), reply.records(), roundTrip));
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                underWay.remove(operation);
                outbox.complete(
                        operation,
                        switch (failure) {
                            case OTHER_IDENTITY -> new Outcome.OtherIdentity();
                            case TIMEOUT, OUTAGE, LOCAL -> new Outcome.NoAnswer();
                        });
            }
        };
        underWay.put(operation, handler);
        if (!requests.ask(now, command.to(), command.expected(), command.request(), command.timeout(), handler)) {
            underWay.remove(operation);
            outbox.complete(
                    operation,
                    new Outcome.Refused("the limit of requests under way, " + settings.maxPending() + ", is reached"));
        }
    }

    /** Ends an operation without an outcome, if it is a request that is under way. */
    public void cancel(long operation) {
        ReplyHandler handler = underWay.remove(operation);
        if (handler != null) {
            requests.abandon(handler);
        }
    }
}
