package io.a2al.sim.check;

import io.a2al.protocol.message.MessageCodec;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/** Checks that no honest node sends, or tries to send, a datagram of more than 1200 bytes (wire.md section 2.1). */
public final class PacketSizeChecker implements Checker {

    /** Creates the checker for one run. */
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
                // Other events are not about datagrams sent.
            }
        }
    }

    private static void check(World world, int participant, int length, Reporter reporter) {
        if (world.nodes().get(participant).isHonest()) {
            reporter.report("a datagram has " + length + " bytes", participant);
        }
    }
}
