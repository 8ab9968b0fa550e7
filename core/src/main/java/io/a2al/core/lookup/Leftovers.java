package io.a2al.core.lookup;

import io.a2al.protocol.record.VerifiedRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one node may have left to say, and whether it is worth asking again for that. Not thread-safe. */
final class Leftovers {

    /** How often a node is asked again at the most; a full topic takes some thirty answers. */
    private static final int MAX_REPETITIONS = 40;

    /** Full answers in a row without anything new, after which a node is not asked again. */
    private static final int MAX_FRUITLESS = 2;

    /** The same for answers with a record or two each. */
    private static final int MAX_FRUITLESS_RATIONED = 6;

    /** With this many questions more, what the node owes us is enough for a record of any size. */
    private static final int MAX_EMPTY = 3;

    private final Set<VerifiedRecord> rationed = new HashSet<>();
    private int repetitions;
    private int fruitless;
    private int empty;
    private boolean shortened;

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
            case RECORDS_LEFT_OUT -> collecting && isWorthMore(news, MAX_FRUITLESS);
            case RECORDS_RATIONED -> {
                // Records come in turn; one that the node has told before means that it has told all of them.
                boolean more = rationed.addAll(records);
                yield collecting && isWorthMore(news, MAX_FRUITLESS_RATIONED) && more;
            }
            case NODES_LEFT_OUT -> {
                boolean first = !shortened;
                shortened = true;
                yield first && goal.wantsAllNodes();
            }
            case EMPTY -> empty++ < MAX_EMPTY;
        };
    }

    private boolean isWorthMore(boolean news, int maxFruitless) {
        fruitless = news ? 0 : fruitless + 1;
        return fruitless < maxFruitless && repetitions++ < MAX_REPETITIONS;
    }
}
