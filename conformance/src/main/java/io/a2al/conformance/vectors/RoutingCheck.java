package io.a2al.conformance.vectors;

/**
 * Checks routing.json, operation by operation. The {@code add} of the reference implementation does several things at
 * once. {@link RoutingReplay} composes it from operations of {@code RoutingTable}. The node itself does not use the
 * operations that cause defects: unverified contacts that change endpoints (known-defects D-02), and a PING that blocks
 * all other work (D-03). The decisions list the cases in which that makes a difference.
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
        return choices.answer(vector, "table", REFERENCE, matchesOurStyle(vector) ? REFERENCE : OURS);
    }

    private static boolean matchesOurStyle(Fields vector) throws UnsupportedCaseException, MalformedVectorException {
        try {
            new RoutingReplay(vector, RoutingReplay.Style.OURS).run();
            return true;
        } catch (MismatchException differs) {
            return false;
        }
    }
}
