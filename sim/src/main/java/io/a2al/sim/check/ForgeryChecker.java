package io.a2al.sim.check;

import io.a2al.core.api.Outcome;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.work.Agents;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/** Checks that no honest node returns a record of an agent that did not sign it. */
public final class ForgeryChecker implements Checker {

    private final Agents agents;

    /** Creates the checker for a run with the given agents. */
    public ForgeryChecker(Agents agents) {
        this.agents = agents;
    }

    @Override
    public String name() {
        return "forgery";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        if (event instanceof SimEvent.Completed completed
                && completed.outcome() instanceof Outcome.Records records
                && world.nodes().get(completed.participant()).isHonest()) {
            records.records().forEach(record -> check(record, completed.participant(), reporter));
        } else if (event instanceof SimEvent.Heard heard
                && world.nodes().get(heard.participant()).isHonest()) {
            check(heard.record(), heard.participant(), reporter);
        }
    }

    private void check(VerifiedRecord record, int participant, Reporter reporter) {
        agents.find(record.record().address())
                .filter(agent -> !agent.hasSigned(record.record()))
                .ifPresent(agent ->
                        reporter.report("agent " + agent.number() + " never signed " + record.record(), participant));
    }
}
