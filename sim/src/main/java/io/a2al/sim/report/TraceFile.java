package io.a2al.sim.report;

import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.EventText;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes every event of a run to a text file, one line each. Lines that begin with # describe the run. If writing
 * fails, the run continues, and {@link #close()} throws the exception. Not thread-safe.
 */
public final class TraceFile implements EventListener, Closeable {

    private final BufferedWriter writer;
    private final EventText text;
    private Optional<IOException> problem = Optional.empty();

    private TraceFile(BufferedWriter writer, World world) {
        this.writer = writer;
        this.text = new EventText(world);
    }

    /**
     * Creates a file for a run that has not begun. An existing file is replaced.
     *
     * @param command the command that repeats the run
     * @throws IOException if the file cannot be created
     */
    public static TraceFile create(Path file, World world, String command) throws IOException {
        TraceFile trace = new TraceFile(Files.newBufferedWriter(file), world);
        trace.line("# " + command);
        world.nodes().forEach(node -> trace.line("# " + EventText.of(node)));
        trace.line("# seconds of virtual time, participant, what happened");
        return trace;
    }

    @Override
    public void onEvent(SimEvent event) {
        line(text.of(event));
    }

    /** Writes the result at the end of the run. */
    public void end(SimulationResult result) {
        result.violation()
                .ifPresent(violation -> line("# check " + violation.check() + " failed: " + violation.message()));
        line("# hash " + result.hash());
    }

    private void line(String line) {
        if (problem.isPresent()) {
            return;
        }
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            problem = Optional.of(e);
        }
    }

    /**
     * Closes the file.
     *
     * @throws IOException if writing failed at any time
     */
    @Override
    public void close() throws IOException {
        writer.close();
        if (problem.isPresent()) {
            throw problem.get();
        }
    }
}
