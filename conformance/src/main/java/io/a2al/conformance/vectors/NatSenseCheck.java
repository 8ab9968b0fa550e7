package io.a2al.conformance.vectors;

import io.a2al.core.nat.NatRules;
import io.a2al.core.nat.NatSense;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks natsense.json, operation by operation, by the rules of v0.1.5 and of v0.2.9. */
final class NatSenseCheck implements FileCheck {

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        int minAgreeing = vector.number("min_agreeing");
        NatSense older = new NatSense(NatRules.OLDER, minAgreeing);
        NatSense newer = new NatSense(NatRules.NEWER, minAgreeing);
        for (Fields op : vector.objects("ops")) {
            long now = Duration.ofSeconds(op.number("t")).toNanos();
            if (op.text("op").equals("check")) {
                checkAnswers(op, older, now);
                checkNewerAnswers(op, newer, now);
            } else {
                Consumer<NatSense> step = step(op, now);
                step.accept(older);
                step.accept(newer);
            }
        }
        return new Outcome.Passed();
    }

    private static Consumer<NatSense> step(Fields op, long now)
            throws UnsupportedCaseException, MalformedVectorException {
        return switch (op.text("op")) {
            case "record" -> {
                NodeId reporter = op.nodeId("reporter");
                Bytes observed = op.hex("observed");
                yield sense -> sense.record(reporter, observed, now);
            }
            case "bind_public" -> {
                boolean value = op.bool("value");
                yield sense -> sense.recordBindPublic(value);
            }
            case "probe_result" -> {
                boolean reachable = op.bool("reachable");
                yield sense -> sense.recordProbeResult(reachable, now);
            }
            case "clear_probe" -> NatSense::clearProbeResult;
            case "invalidate" -> NatSense::invalidateObservations;
            case "set_min_agreeing" -> {
                int minAgreeing = op.number("n");
                yield sense -> sense.setMinAgreeing(minAgreeing);
            }
            case String other -> throw new UnsupportedCaseException("unknown operation " + other);
        };
    }

    private static void checkAnswers(Fields op, NatSense older, long now)
            throws MismatchException, MalformedVectorException {
        Optional<Endpoint> trusted = trusted(older, now);
        isOneOf(op, "trusted_any_of", trusted.map(Endpoint::toString));
        isOneOf(
                op,
                "trusted_wire_any_of",
                trusted.map(endpoint -> endpoint.toWire().toHex()));
        Expect.equal(
                "nat_type of " + op, op.number("nat_type"), older.natType(now).code());
    }

    private static void checkNewerAnswers(Fields op, NatSense newer, long now)
            throws MismatchException, MalformedVectorException {
        Fields expected = op.object("v029");
        isOneOf(expected, "trusted_any_of", trusted(newer, now).map(Endpoint::toString));
        Expect.equal(
                "nat_type (v0.2.9) of " + op,
                expected.number("nat_type"),
                newer.natType(now).code());
        // The field is absent where the result depends on which of several right addresses the reference chooses.
        if (expected.has("publish_nat_type")) {
            Expect.equal(
                    "publish_nat_type (v0.2.9) of " + op,
                    expected.number("publish_nat_type"),
                    newer.publishType(now).code());
        }
    }

    private static Optional<Endpoint> trusted(NatSense sense, long now) {
        return sense.trusted(now).map(NatSense.Consensus::endpoint);
    }

    /** Checks that {@code actual} is one of the right answers in {@code field}, or empty if that field lists none. */
    private static void isOneOf(Fields op, String field, Optional<String> actual)
            throws MismatchException, MalformedVectorException {
        List<String> right = op.texts(field).orElse(List.of());
        boolean found = actual.map(right::contains).orElse(right.isEmpty());
        Expect.equal(field + " of " + op, right, found ? right : actual);
    }
}
