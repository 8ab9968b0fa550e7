package io.a2al.conformance.vectors;

/**
 * routing.json, operation by operation. The reference's {@code add} does several things at once; it is put together
 * here from our own steps, of which the node itself leaves out those that defects come from: hearsay that moves
 * contacts (known-defects D-02) and a PING that everybody waits for (D-03). Where that makes a difference is decided by
 * name.
 */
final class RoutingCheck implements FileCheck {

    private static final String REFERENCE = "reference";
    private static final String OURS = "ours";

    private final Choices choices;

    RoutingCheck(Choices choices) {
        this.choices = choices;
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        new RoutingReplay(vector, RoutingReplay.Style.REFERENCE).run();
        return choices.answer(vector, "hearsay", REFERENCE, isAsWithoutHearsay(vector) ? REFERENCE : OURS);
    }

    private static boolean isAsWithoutHearsay(Fields vector) throws UnsupportedCaseException, MalformedVectorException {
        try {
            new RoutingReplay(vector, RoutingReplay.Style.OURS).run();
            return true;
        } catch (MismatchException differs) {
            return false;
        }
    }
}
