package io.a2al.dht.result;

import io.a2al.protocol.record.RecordPolicy;

/** The kinds of application code that a node calls. */
public enum CallbackKind {
    /** A consumer of records, given to {@code DhtNode.listen}. */
    RECORD_CONSUMER("a consumer of records"),
    /** A consumer of topic entries, given to {@code DhtNode.listenTopic}. */
    TOPIC_CONSUMER("a consumer of topic entries"),
    /** A consumer of mail, given to {@code DhtNode.listenMail}. */
    MAIL_CONSUMER("a consumer of mail"),
    /** A consumer of events, given to {@code DhtNode.listenEvents}. */
    EVENT_CONSUMER("a consumer of events"),
    /** A consumer of the steps of a lookup, given to {@code Query.withTrace}. */
    TRACE_CONSUMER("a consumer of lookup steps"),
    /** The listener given to {@code DhtNodeBuilder.onObservedAddress}. */
    OBSERVED_ADDRESS("a listener to observed addresses"),
    /** A {@link RecordPolicy} of the application's own. */
    RECORD_POLICY("a record policy"),
    /** A source of seeds. */
    SEED_SOURCE("a source of seeds");

    private final String text;

    CallbackKind(String text) {
        this.text = text;
    }

    /** Returns the kind in words, as log lines name it. */
    public String text() {
        return text;
    }
}
