package io.a2al.dht;

import io.a2al.dht.result.CallbackKind;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A record policy of the application's own, called from within the core. Where it throws, the record is refused, as
 * nothing says that it is allowed. Thread-safe.
 */
final class SurvivingPolicy implements RecordPolicy {

    private final RecordPolicy policy;
    private final ApplicationCalls calls;

    SurvivingPolicy(RecordPolicy policy, ApplicationCalls calls) {
        this.policy = policy;
        this.calls = calls;
    }

    @Override
    public boolean allows(NodeId key, VerifiedRecord record, long now) {
        try {
            return policy.allows(key, record, now);
        } catch (Throwable thrown) {
            calls.onFailure(CallbackKind.RECORD_POLICY, thrown);
            return false;
        }
    }

    /** Tells of no end where the policy throws; the record is asked about again whenever it is read. */
    @Override
    public long endOf(VerifiedRecord record) {
        try {
            return policy.endOf(record);
        } catch (Throwable thrown) {
            calls.onFailure(CallbackKind.RECORD_POLICY, thrown);
            return RecordPolicy.super.endOf(record);
        }
    }
}
