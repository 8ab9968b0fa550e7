package io.a2al.sim.check;

import io.a2al.protocol.message.MessageCodec;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/** No honest node sends a datagram of more than 1200 bytes, nor wants to (wire.md 2.1). */
public final class PacketSizeChecker implements Checker {

    /** One for a run. */
    public PacketSizeChecker() {}

    @Override
    public String name() {
        return "packet-size";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        switch (event) {
            case SimEvent.Sent sent
            when sent.datagram().length() > MessageCodec.MAX_DATAGRAM ->
                check(world, sent.participant(), sent.datagram().length(), reporter);
            case SimEvent.Withheld withheld ->
                check(world, withheld.participant(), withheld.datagram().length(), reporter);
            default -> {
                // Nothing that has a size.
            }
        }
    }

    private static void check(World world, int participant, int length, Reporter reporter) {
        if (world.nodes().get(participant).isHonest()) {
            reporter.report("a datagram has " + length + " bytes", participant);
        }
    }
}
