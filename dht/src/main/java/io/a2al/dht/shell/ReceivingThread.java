package io.a2al.dht.shell;

import io.a2al.core.shell.NodeShell;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.protocol.message.Endpoint;

/**
 * The shell of one receiving thread, which works through each datagram from its arrival to the answer. Answers are sent
 * together while requests come faster than they are answered. Belongs to its thread.
 */
final class ReceivingThread implements DatagramHandler {

    private final NodeShell shell;
    private final ThreadOutput output;
    private final Traffic traffic;

    ReceivingThread(NodeShell shell, ThreadOutput output, Traffic traffic) {
        this.shell = shell;
        this.output = output;
        this.traffic = traffic;
    }

    @Override
    public void onDatagram(Endpoint from, byte[] buffer, int length) {
        traffic.countReceived();
        shell.receive(from, buffer, length);
    }

    @Override
    public void onDrained() {
        output.flush();
    }
}
