package io.a2al.core.shell;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import java.util.List;

/**
 * Lets a shell use the core, one thread at a time, and reads the time when its turn has come. Where several threads
 * have a shell of their own, it takes a lock around each call. Once the node is closed, {@link #handle} does nothing.
 */
public interface CoreTurn {

    /** See {@link NodeCore#admit}. */
    Admission admit(Endpoint from, Envelope envelope);

    /** See {@link NodeCore#mayEcho}. */
    boolean mayEcho(Endpoint from, Bytes probe);

    /** See {@link NodeCore#isInTouch}. */
    boolean isInTouch(Endpoint from, NodeId node);

    /** See {@link NodeCore#handle}. */
    List<Effect> handle(Input input);
}
