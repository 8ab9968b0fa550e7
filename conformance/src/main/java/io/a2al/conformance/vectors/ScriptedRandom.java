package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Returns given bytes instead of random ones, so that sealing gives the result of the vectors. Each call returns the
 * next byte sequence. Package-private, because it must not be used for anything but vectors. Not thread-safe.
 */
final class ScriptedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Deque<Bytes> script;

    ScriptedRandom(Bytes... script) {
        this.script = new ArrayDeque<>(List.of(script));
    }

    /**
     * Copies the next byte sequence into {@code bytes}.
     *
     * @throws IllegalStateException if there is none, or its length differs
     */
    @Override
    public void nextBytes(byte[] bytes) {
        Bytes next = script.poll();
        if (next == null || next.length() != bytes.length) {
            throw new IllegalStateException(
                    "wrong number of random bytes requested: " + bytes.length + "; available: " + next);
        }
        next.copyTo(bytes, 0);
    }
}
