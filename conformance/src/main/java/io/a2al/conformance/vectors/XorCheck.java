package io.a2al.conformance.vectors;

import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;

/** Checks xor.json: distances between NodeIDs, and which of two is nearer to a target. */
final class XorCheck implements FileCheck {

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        return switch (vector.text("kind")) {
            case "distance" -> distance(vector);
            case "less" -> less(vector);
            case String other -> throw new UnsupportedCaseException("unknown kind " + other);
        };
    }

    private static Outcome distance(Fields vector) throws MismatchException, MalformedVectorException {
        NodeId a = vector.nodeId("a");
        NodeId b = vector.nodeId("b");
        Expect.equal("distance", vector.nodeId("distance"), a.distance(b));
        Expect.equal("distance the other way", vector.nodeId("distance"), b.distance(a));
        Expect.equal("common prefix", vector.number("common_prefix_len"), a.commonPrefixLength(b));
        Expect.equal("bucket", vector.number("bucket_index"), new RoutingTable(a).bucketIndex(b));
        return new Outcome.Passed();
    }

    private static Outcome less(Fields vector) throws MismatchException, MalformedVectorException {
        NodeId a = vector.nodeId("a");
        NodeId b = vector.nodeId("b");
        NodeId target = vector.nodeId("target");
        Expect.equal("a closer", vector.bool("a_closer"), target.isNearer(a, b));
        Expect.equal("b closer", vector.bool("b_closer"), target.isNearer(b, a));
        return new Outcome.Passed();
    }
}
