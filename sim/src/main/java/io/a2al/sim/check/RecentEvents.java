package io.a2al.sim.check;

import io.a2al.sim.world.EventText;
import io.a2al.sim.world.SimEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The latest events, of which those that concern a violation are shown with it. Bounded. Not thread-safe. */
final class RecentEvents {

    private static final int KEPT = 20_000;
    private static final int SHOWN = 50;

    private final Deque<SimEvent> events = new ArrayDeque<>();
    private final EventText text;

    /** Events are to be written like this. */
    RecentEvents(EventText text) {
        this.text = text;
    }

    void add(SimEvent event) {
        if (events.size() == KEPT) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** The last {@value #SHOWN} events of these participants, oldest first; of everybody, if none is named. */
    List<String> concerning(int... participants) {
        List<String> found = new ArrayList<>();
        var newestFirst = events.descendingIterator();
        while (newestFirst.hasNext() && found.size() < SHOWN) {
            SimEvent event = newestFirst.next();
            if (concerns(event, participants)) {
                found.add(text.of(event));
            }
        }
        return found.reversed();
    }

    private static boolean concerns(SimEvent event, int... participants) {
        if (participants.length == 0 || event.participant() == SimEvent.NOBODY) {
            return true;
        }
        for (int participant : participants) {
            if (event.participant() == participant) {
                return true;
            }
        }
        return false;
    }
}
