package io.a2al.core.lookup;

import io.a2al.protocol.record.VerifiedRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one node may have left to say, and whether it is worth asking again for that. Not thread-safe. */
final class Leftovers {

    private final LookupSettings.Repetition settings;

    private final Set<VerifiedRecord> rationed = new HashSet<>();
    private int repetitions;
    private int fruitless;
    private int empty;
    private boolean shortened;

    Leftovers(LookupSettings.Repetition settings) {
        this.settings = settings;
    }

    /**
     * Notes an answer; true if another question is worth it.
     *
     * @param news true if one of its records was not known before from anybody
     * @param goal what the lookup is for
     */
    boolean note(Completeness completeness, List<VerifiedRecord> records, boolean news, Goal goal) {
        boolean collecting = goal.wantsEverything();
        return switch (completeness) {
            case WHOLE -> false;
            case RECORDS_LEFT_OUT ->
                collecting && isWorthMore(news, settings.fruitless().full());
            case RECORDS_RATIONED -> {
                // Records come in turn; one that the node has told before means that it has told all of them.
                boolean more = rationed.addAll(records);
                yield collecting && isWorthMore(news, settings.fruitless().rationed()) && more;
            }
            case NODES_LEFT_OUT -> {
                boolean first = !shortened;
                shortened = true;
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
