package io.a2al.dht.shell;

import io.a2al.core.shell.NodeShell;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.protocol.message.Endpoint;

/**
 * The shell of one receiving thread, which works through each datagram from its arrival to the answer. Answers are sent
 * together while requests come faster than they are answered. A datagram whose handling fails is counted as a failed
 * task, and the next one is handled. Belongs to its thread.
 */
final class ReceivingThread implements DatagramHandler {

    private final NodeShell shell;
    private final ThreadOutput output;
    private final Traffic traffic;
    private final Tasks tasks;
    private final Reception.Progress progress;

    ReceivingThread(NodeShell shell, ThreadOutput output, Traffic traffic, Tasks tasks, Reception.Progress progress) {
        this.shell = shell;
        this.output = output;
        this.traffic = traffic;
        this.tasks = tasks;
        this.progress = progress;
    }

    @Override
    public void onDatagram(Endpoint from, byte[] buffer, int length) {
        progress.onDatagram();
        traffic.countReceived();
        try {
            shell.receive(from, buffer, length);
        } catch (RuntimeException | Error defect) {
            tasks.onFailure(TaskKind.DATAGRAM, defect);
        }
    }

    @Override
    public void onDrained() {
        progress.onDrained();
        try {
            output.flush();
        } catch (RuntimeException | Error defect) {
            tasks.onFailure(TaskKind.DATAGRAM, defect);
        }
    }
}
