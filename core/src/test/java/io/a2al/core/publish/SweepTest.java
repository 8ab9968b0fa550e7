package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.testing.Neighbourhood;
import io.a2al.core.testing.Neighbourhood.Node;
import io.a2al.core.testing.Neighbourhood.Step;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps a publisher of many records by hand. */
class SweepTest {

    private static final long TTL = Duration.ofHours(1).toSeconds();
    private static final Duration HALF = Duration.ofMinutes(30);
    private static final int NODES = 160;
    private static final int MANY = 400;

    /** Rates that are low enough to be seen with hundreds of publications. */
    private static final PublishSettings SETTINGS = PublishSettings.DEFAULT.withSweep(new PublishSettings.Sweep(
            100, Duration.ofMinutes(5), 6, Duration.ofMinutes(45), 2, 1, new PublishSettings.Pace(1.8, 0.01, HALF, 2)));

    private final Neighbourhood others = new Neighbourhood(NODES, SETTINGS);
    private final Map<Long, Integer> agents = new HashMap<>();
    private int answered;

    private VerifiedRecord record(int agent) {
        return TestRecords.unsigned(agent, others.sinceStart().toSeconds(), others.unixSeconds(), TTL);
    }

    private long publish(int agent) {
        long publication = others.publish(record(agent));
        agents.put(publication, agent);
        return publication;
    }

    /** Lets time pass; the application signs a newer record within a second of being asked. */
    private void run(Duration duration) {
        for (long left = duration.toSeconds(); left > 0; left--) {
            others.run(Duration.ofSeconds(1));
            List<Step> log = List.copyOf(others.log.subList(answered, others.log.size()));
            answered = others.log.size();
            for (Step step : log) {
                if (step.action() instanceof PublishStep.AskForRenewal(long publication)) {
                    others.renew(publication, record(agents.get(publication)));
                }
            }
        }
    }

    private <T extends PublishStep> List<Duration> times(Class<T> kind, Duration from) {
        return others.log.stream()
                .filter(step -> kind.isInstance(step.action()) && step.at().compareTo(from) >= 0)
                .map(Step::at)
                .toList();
    }

    private static int busiestMinute(List<Duration> times) {
        Map<Long, Integer> minutes = new HashMap<>();
        times.forEach(time -> minutes.merge(time.toMinutes(), 1, Integer::sum));
        return minutes.values().stream().mapToInt(count -> count).max().orElse(0);
    }

    /** Publishes everything and lets all renewals fall into the order of the keys. */
    private void begin() {
        IntStream.range(0, MANY).forEach(this::publish);
        run(HALF.multipliedBy(3));
    }

    /** Lets rounds under way end, without new ones. */
    private void finishRounds() {
        others.run(Duration.ofSeconds(10));
    }

    private void requireReplicasAtTheNearest() {
        finishRounds();
        agents.keySet().forEach(publication -> {
            VerifiedRecord record = others.state(publication).record();
            NodeId key = record.contentKey().orElseThrow();
            assertThat(others.holders(record)).containsExactlyInAnyOrderElementsOf(others.nearestLiving(key, 8));
        });
    }

    @Test
    void oneLookupServesAllKeysOfARegion() {
        begin();
        Duration from = others.sinceStart();
        run(HALF);
        int renewals = times(PublishStep.AskForRenewal.class, from).size();
        assertThat(renewals).isBetween(MANY - 5, MANY + 5);
        assertThat(times(PublishStep.Store.class, from)).hasSizeBetween(8 * (renewals - 2), 8 * (renewals + 2));
        assertThat(times(PublishStep.FindNearest.class, from)).hasSizeLessThan(NODES / 3);
        assertThat(times(PublishStep.Ping.class, from).size()
                        + times(PublishStep.Read.class, from).size())
                .as("probes")
                .isLessThan(3 * NODES);
        requireReplicasAtTheNearest();
    }

    @Test
    void renewalsAreSpreadEvenly() {
        begin();
        Duration from = others.sinceStart();
        run(HALF);
        List<Duration> renewals = times(PublishStep.AskForRenewal.class, from);
        assertThat(busiestMinute(renewals)).isLessThanOrEqualTo(2 * MANY / (int) HALF.toMinutes());
    }

    /** As after a restart, when everything is published again at once. */
    @Test
    void veryManyNewRecordsAreStoredOneAfterTheOtherWithinAnInterval() {
        IntStream.range(0, MANY).forEach(this::publish);
        run(Duration.ofMinutes(2));
        Duration from = others.sinceStart();
        run(HALF);
        requireReplicasAtTheNearest();
        List<Duration> stores = times(PublishStep.Store.class, from);
        assertThat(busiestMinute(stores)).isLessThanOrEqualTo(8 * 2 * MANY / (int) HALF.toMinutes());
        assertThat(times(PublishStep.FindNearest.class, Duration.ZERO)).hasSizeLessThan(100 + NODES);
    }

    @Test
    void aNewRecordAndOneWithFewReplicasDoNotWait() {
        begin();
        publish(MANY);
        long latest = publish(MANY + 1);
        run(Duration.ofSeconds(5));
        assertThat(others.state(latest).confirmed()).isEqualTo(8);

        VerifiedRecord record = others.state(latest).record();
        others.holders(record).subList(0, 5).forEach(this::die);
        run(Duration.ofMinutes(2));
        assertThat(others.state(latest).record()).isEqualTo(record);
        assertThat(others.state(latest).confirmed()).isEqualTo(8);
    }

    /** Switches a node off, and reports that two probes of it timed out. */
    private void die(Node node) {
        node.alive = false;
        for (int i = 0; i < 2; i++) {
            others.publisher.onTimeout(others.now(), new PublishStep.Ping(node.contact));
        }
        others.proceed();
    }

    @Test
    void aSingleMissingReplicaIsReplacedWithTheNextRenewal() {
        begin();
        long publication = publish(MANY);
        run(Duration.ofSeconds(5));
        VerifiedRecord record = others.state(publication).record();
        die(others.holders(record).getFirst());
        run(Duration.ofMinutes(8));
        assertThat(others.state(publication).record()).isEqualTo(record);
        assertThat(others.state(publication).confirmed()).isEqualTo(7);
        assertThat(others.holders(record)).hasSize(7);
        run(HALF);
        assertThat(others.state(publication).record()).isNotEqualTo(record);
        assertThat(others.holders(others.state(publication).record())).hasSize(8);
    }

    @Test
    void ofAHundredPublicationsEachIsCaredForByItself() {
        IntStream.range(0, 100).forEach(this::publish);
        run(Duration.ofSeconds(20));
        assertThat(others.actions(PublishStep.FindNearest.class)).hasSize(100);
        requireReplicasAtTheNearest();
        run(HALF.minusSeconds(35));
        assertThat(others.actions(PublishStep.AskForRenewal.class)).isEmpty();
        run(Duration.ofSeconds(10));
        assertThat(others.actions(PublishStep.AskForRenewal.class)).hasSize(100);
    }

    /** Every minute a node goes and a new one comes, of which the publisher hears only through lookups. */
    @Test
    void noRecordIsLostWhileNodesComeAndGo() {
        begin();
        List<Node> all = new ArrayList<>(others.byDistance(NodeId.ZERO));
        int fewest = 8;
        long sum = 0;
        int samples = 0;
        for (int minute = 0; minute < 90; minute++) {
            all.remove(minute % all.size()).alive = false;
            all.add(others.add());
            run(Duration.ofMinutes(1));
            finishRounds();
            for (long publication : agents.keySet().stream().limit(40).toList()) {
                int replicas =
                        others.holders(others.state(publication).record()).size();
                fewest = Math.min(fewest, replicas);
                sum += replicas;
                samples++;
            }
        }
        assertThat(fewest).isGreaterThanOrEqualTo(3);
        assertThat((double) sum / samples).isGreaterThan(7);
    }

    @Test
    void recordsUnderOneKeyAreSpreadToo() {
        for (int agent = 0; agent < MANY; agent++) {
            VerifiedRecord record = record(agent);
            others.publisher.publish(others.now(), agent, new Command.Publish(NodeId.ZERO, record, true));
            agents.put((long) agent, agent);
        }
        others.proceed();
        run(HALF.multipliedBy(2));
        Duration from = others.sinceStart();
        run(HALF);
        assertThat(busiestMinute(times(PublishStep.Store.class, from)))
                .isLessThanOrEqualTo(8 * (2 * MANY / (int) HALF.toMinutes() + 2));
        assertThat(others.settled().size()).isGreaterThan(3 * MANY);
    }
}
