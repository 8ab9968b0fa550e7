package io.a2al.sim.film;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.film.Frame.Condition;
import io.a2al.sim.result.SimulationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmMakerTest {

    private static final SimulationOptions CALM =
            Profiles.find("calm").orElseThrow().withNodes(12).withDuration(Duration.ofSeconds(20));

    private static final SimulationOptions ROUGH = CALM.withLife(
                    CALM.life().withDead(0.3).withPartition(Duration.ofSeconds(10)))
            .withAttack(CALM.attack().withShare(0.3));

    private static final Run CALM_RUN = filmed(CALM);

    private record Run(Film film, SimulationResult result) {}

    private static Run filmed(SimulationOptions options) {
        Simulation simulation = new Simulation(options);
        FilmMaker maker = new FilmMaker(simulation);
        SimulationResult result = simulation.run(Progress.NONE);
        maker.end(result);
        return new Run(maker.film(), result);
    }

    private static Map<Integer, Condition> conditionsAtEnd(List<Frame> frames) {
        Map<Integer, Condition> conditions = new HashMap<>();
        frames.forEach(
                frame -> frame.changes().forEach(change -> conditions.put(change.participant(), change.condition())));
        return conditions;
    }

    private static boolean shows(Film film, Condition condition) {
        return film.frames().stream()
                .flatMap(frame -> frame.changes().stream())
                .anyMatch(change -> change.condition() == condition);
    }

    @Test
    void theFilmEndsWithEveryNodeAsItIs() {
        Run run = CALM_RUN;
        assertThat(conditionsAtEnd(run.film().frames()).values()).hasSize(12).containsOnly(Condition.UP);
        assertThat(run.film().frames().stream()
                        .mapToInt(frame -> frame.right() + frame.wrong())
                        .sum())
                .isEqualTo(run.result().lookups().lookups());
        assertThat(run.film().frames().stream().mapToLong(Frame::datagrams).sum())
                .isEqualTo(run.result().traffic().messages());
        assertThat(run.film().frames().getLast().at())
                .isGreaterThanOrEqualTo(run.result().virtualTime().toSeconds());
    }

    @Test
    void deathsHalvesAndAttackersAreShown() {
        Film film = filmed(ROUGH).film();
        assertThat(shows(film, Condition.UP_IN_SECOND_HALF)).isTrue();
        Map<Integer, Condition> end = conditionsAtEnd(film.frames());
        assertThat(end.values()).contains(Condition.OFF, Condition.HOSTILE, Condition.UP);
        assertThat(end.values()).doesNotContain(Condition.UP_IN_SECOND_HALF);
        assertThat(film.frames().stream().flatMap(frame -> frame.faults().stream()))
                .contains("the network falls into two halves", "the network is whole again");
    }

    @Test
    void filmingDoesNotChangeTheRun() {
        assertThat(filmed(ROUGH).result().hash())
                .isEqualTo(new Simulation(ROUGH).run(Progress.NONE).hash());
    }

    @Test
    void aReaderGetsEachFrameOnce() throws Exception {
        Film film = CALM_RUN.film();
        List<Frame> first = film.after(0, 10, Duration.ZERO);
        List<Frame> rest = film.after(10, Integer.MAX_VALUE - 10, Duration.ZERO);
        assertThat(first).hasSize(10);
        assertThat(first).isEqualTo(film.frames().subList(0, 10));
        assertThat(rest).isEqualTo(film.frames().subList(10, film.frames().size()));
        assertThat(film.after(film.frames().size(), 10, Duration.ofHours(1))).isEqualTo(Collections.emptyList());
    }

    @Test
    void aFileHasAnObjectOnEachLine(@TempDir Path folder) throws Exception {
        Run run = CALM_RUN;
        Path file = folder.resolve("calm.film");
        FilmJson.write(run.film(), file);
        List<String> lines = Files.readAllLines(file);
        ObjectMapper mapper = new ObjectMapper();
        JsonNode header = mapper.readTree(lines.getFirst());
        assertThat(header.path("film").asInt()).isEqualTo(1);
        assertThat(header.path("participants").asInt()).isEqualTo(12);
        assertThat(header.path("phases").findValuesAsText("name")).containsExactly("joining", "publishing", "running");
        assertThat(mapper.readTree(lines.getLast()).path("end").path("hash").asText())
                .isEqualTo(run.result().hash());
        assertThat(lines).hasSize(run.film().frames().size() + 2);
    }
}
