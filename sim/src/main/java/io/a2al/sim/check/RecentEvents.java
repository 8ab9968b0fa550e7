package io.a2al.sim.check;

import io.a2al.sim.world.EventText;
import io.a2al.sim.world.SimEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A bounded history of events, from which a violation shows those of the participants involved. Not thread-safe. */
final class RecentEvents {

    /** Number of events kept. */
    private static final int KEPT = 20_000;

    /** Maximum number of events shown with a violation. */
    private static final int SHOWN = 50;

    private final Deque<SimEvent> events = new ArrayDeque<>();
    private final EventText text;

    /** Creates an empty history, whose events are formatted by {@code text}. */
    RecentEvents(EventText text) {
        this.text = text;
    }

    void add(SimEvent event) {
        if (events.size() == KEPT) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /** Returns the last {@value #SHOWN} events of the given participants, or of all if none is given, oldest first. */
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
        if (participants.length == 0 || event.participant() == SimEvent.NO_PARTICIPANT) {
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
