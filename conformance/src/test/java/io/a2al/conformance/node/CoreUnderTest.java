package io.a2al.conformance.node;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.shell.CoreTurn;
import io.a2al.core.shell.DatagramOutput;
import io.a2al.core.shell.Keys;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.shell.Notices;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.SplittableRandom;

/** Our own node in the production shell, under virtual time. */
final class CoreUnderTest implements NodeUnderTest, CoreTurn, DatagramOutput, Notices {

    private final VirtualProbeNetwork network;
    private final NodeCore core;
    private final NodeShell shell;

    CoreUnderTest(VirtualProbeNetwork network, NodeSettings settings) {
        this.network = network;
        SplittableRandom random = new SplittableRandom(1);
        byte[] seed = new byte[Identity.SEED_LENGTH];
        random.nextBytes(seed);
        Identity identity = Identity.ofSeed(seed);
        this.core = new NodeCore(settings, identity.address(), random, now());
        Keys keys = Keys.of(Ed25519.preferred().newVerifier(), identity.newSigner());
        this.shell = new NodeShell(this, keys, this, this, true);
        shell.handle(new Input.Tick());
    }

    /** Lets the node hold records of this many agents, as one that has run for some time does. */
    CoreUnderTest holding(int agents) throws InvalidRecordException {
        RecordVerifier verifier = new RecordVerifier(Ed25519.preferred().newVerifier());
        for (int i = 0; i < agents; i++) {
            Identity agent = Fixtures.identity(i);
            VerifiedRecord record = verifier.verify(Samples.endpoint(agent, 1, network.unixSeconds()));
            core.adopt(now(), List.of(new StoredRecord(agent.nodeId(), record, Origin.EXEMPT)));
        }
        return this;
    }

    private ShellTime now() {
        return new ShellTime(network.nanoTime(), network.unixSeconds());
    }

    @Override
    public void receive(Endpoint from, Bytes datagram) {
        shell.receive(from, datagram.toArray(), datagram.length());
    }

    @Override
    public long nextDeadline() {
        return core.nextDeadline();
    }

    @Override
    public void tick() {
        shell.handle(new Input.Tick());
    }

    @Override
    public Admission admit(Endpoint from, Envelope envelope) {
        return core.admit(now(), from, envelope);
    }

    @Override
    public boolean isInTouch(Endpoint from, NodeId node) {
        return core.isInTouch(now(), from, node);
    }

    @Override
    public boolean mayEcho(Endpoint from, Bytes probe) {
        return core.mayEcho(now(), from, probe);
    }

    @Override
    public List<Effect> handle(Input input) {
        return core.handle(now(), input);
    }

    @Override
    public boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer) {
        network.sendFromNode(to, Bytes.copyOfRange(buffer, 0, length));
        return true;
    }

    @Override
    public void oversized(Endpoint to, byte[] buffer, int length) {
        throw new AssertionError("a message of " + length + " bytes");
    }

    @Override
    public void completed(long operation, Outcome outcome) {}
}
