package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Hands out given bytes instead of random ones, so that what is sealed comes out as in the vectors; each call takes the
 * next of them. For vectors only: nothing else can make one.
 */
final class ScriptedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Deque<Bytes> script;

    ScriptedRandom(Bytes... script) {
        this.script = new ArrayDeque<>(List.of(script));
    }

    /** Throws IllegalStateException if other bytes are asked for than there are. */
    @Override
    public void nextBytes(byte[] bytes) {
        Bytes next = script.poll();
        if (next == null || next.length() != bytes.length) {
            throw new IllegalStateException(bytes.length + " random bytes are asked for, there are " + next);
        }
        next.copyTo(bytes, 0);
    }
}
