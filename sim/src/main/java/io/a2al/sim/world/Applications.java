package io.a2al.sim.world;

import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** Several applications that use the same nodes; each ignores what is not about its own operations. */
public final class Applications implements Application {

    private final List<Application> all;

    /** Creates an application that passes each call to {@code all}, in this order. */
    public Applications(List<Application> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void onRenewalDue(SimNode node, long publication) {
        all.forEach(application -> application.onRenewalDue(node, publication));
    }

    @Override
    public void onHeard(SimNode node, long listener, VerifiedRecord record) {
        all.forEach(application -> application.onHeard(node, listener, record));
    }

    @Override
    public void onStarted(SimNode node) {
        all.forEach(application -> application.onStarted(node));
    }
}
