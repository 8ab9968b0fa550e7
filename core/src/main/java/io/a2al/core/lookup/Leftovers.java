package io.a2al.core.lookup;

import io.a2al.protocol.record.VerifiedRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides whether a node that may have more to send is asked again. Not thread-safe. */
final class Leftovers {

    private final LookupSettings.Repetition settings;

    private final Set<VerifiedRecord> rationed = new HashSet<>();
    private int repetitions;
    private int fruitless;
    private int empty;
    private boolean truncated;

    Leftovers(LookupSettings.Repetition settings) {
        this.settings = settings;
    }

    /**
     * Notes an answer. Returns whether the node is to be asked again.
     *
     * @param news whether one of its records was new to the lookup
     * @param goal the purpose of the lookup
     */
    boolean note(Completeness completeness, List<VerifiedRecord> records, boolean news, Goal goal) {
        boolean collecting = goal.wantsEverything();
        return switch (completeness) {
            case WHOLE -> false;
            case RECORDS_LEFT_OUT ->
                collecting && isWorthMore(news, settings.fruitless().full());
            case RECORDS_RATIONED -> {
                // A node sends its records in turn; one that it has sent before means that it has sent all of them.
                boolean more = rationed.addAll(records);
                yield collecting && isWorthMore(news, settings.fruitless().rationed()) && more;
            }
            case NODES_LEFT_OUT -> {
                boolean first = !truncated;
                truncated = true;
                yield first && goal.wantsAllNodes();
            }
            case EMPTY -> empty++ < settings.fruitless().empty();
        };
    }

    private boolean isWorthMore(boolean news, int maxFruitless) {
        fruitless = news ? 0 : fruitless + 1;
        return fruitless < maxFruitless && repetitions++ < settings.maxPerNode();
    }
}
