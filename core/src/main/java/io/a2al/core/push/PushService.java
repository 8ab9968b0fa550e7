package io.a2al.core.push;

import io.a2al.core.api.Failure;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.store.RecordListener;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sends new records to subscribers (node.md section 18, "One-shot push"): once for each subscription, which an
 * acknowledgement can renew. Only nodes that answered us at their address are subscribed, since the source of a request
 * may be forged (known-defects D-47). Not thread-safe.
 */
public final class PushService implements RecordListener {

    private final Subscribers subscribers;
    private final ContactLearning learning;
    private final Requests requests;
    private long sent;
    private long acknowledged;

    public PushService(PushSettings settings, Predicate<Endpoint> exempt, ContactLearning learning, Requests requests) {
        this.subscribers = new Subscribers(settings, exempt);
        this.learning = learning;
        this.requests = requests;
    }

    /** Subscribes a node that asked for the records at {@code key} and got some, once its address is verified. */
    public void subscribe(NodeTime now, NodeId key, int type, Contact asker) {
        learning.whenProven(now, asker, later -> subscribers.subscribe(key, type, asker, later.nanos()));
    }

    /** Pushes a record that is new in our store to its subscribers. */
    @Override
    public void onStored(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew) {
        if (isNew) {
            subscribers.stored(key, record, from, now.nanos()).forEach(push -> push(now, push));
        }
    }

    private void push(NodeTime now, Subscribers.Push push) {
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                if (reply.message() instanceof Message.PushAck ack
                        && ack.equals(
                                Message.PushAck.of(push.key(), push.record().record(), ack.subscribe()))) {
                    acknowledged++;
                    subscribers
                            .acknowledged(push, ack.subscribe(), later.nanos())
                            .ifPresent(next -> push(later, next));
                } else {
                    subscribers.failed(push);
                }
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                subscribers.failed(push);
            }
        };
        Message message = new Message.Push(push.key(), push.record().record());
        if (requests.ask(now, push.to(), message, handler)) {
            sent++;
        } else {
            subscribers.failed(push);
        }
    }

    /** Returns the subscriptions of other nodes. */
    public Subscribers subscribers() {
        return subscribers;
    }

    /** Returns how many pushes were sent since the start. */
    public long sent() {
        return sent;
    }

    /** Returns how many pushes were acknowledged since the start. */
    public long acknowledged() {
        return acknowledged;
    }
}
