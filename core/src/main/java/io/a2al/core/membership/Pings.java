package io.a2al.core.membership;

import io.a2al.core.api.Failure;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.util.function.Consumer;

/** PINGs that find out whether contacts, or our own network, are there. Not thread-safe. */
public final class Pings {

    private final Message.Ping ping;
    private final Requests requests;

    public Pings(Address self, Requests requests) {
        this.ping = new Message.Ping(self);
        this.requests = requests;
    }

    /** Pings a contact, as often as any request is repeated. */
    void ask(NodeTime now, Contact contact) {
        requests.ask(now, contact, ping, ReplyHandler.INDIFFERENT);
    }

    /** Pings a contact and does {@code otherwise} if it does not answer. */
    void ask(NodeTime now, Contact contact, Consumer<NodeTime> otherwise) {
        requests.ask(now, contact, ping, new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                // The answer has been noted on its way here.
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                otherwise.accept(later);
            }
        });
    }

    /** Pings a contact with a single datagram. That it does not answer is expected, and makes no outage of our own. */
    void askOnce(NodeTime now, Contact contact) {
        requests.tryOnce(now, contact, ping, ReplyHandler.INDIFFERENT);
    }

    /** Returns true while no peer answers, so that our own network is doubted. */
    boolean isOutageSuspected() {
        return requests.isOutageSuspected();
    }

    /** Returns true if any peer answered after this time, in nanoseconds. */
    boolean isAnsweredSince(long time) {
        return requests.isAnsweredSince(time);
    }
}
