package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both streams go to one terminal here. */
class StatusLineTest {

    private static final String CLEAR = "\u001b[K";

    private final StringWriter terminal = new StringWriter();
    private final PrintWriter writer = new PrintWriter(terminal);
    private final Output output = new Output(writer, writer, false);

    @AfterEach
    void clear() {
        output.overwrite("");
    }

    @Test
    void otherLinesGoAroundIt() {
        output.overwrite("peers 3");
        output.warn("a warning");
        output.line("a result");
        StatusLine.around(() -> writer.print("a log line\n"));

        assertThat(terminal.toString().replace(System.lineSeparator(), "\n"))
                .isEqualTo("\rpeers 3" + CLEAR + "\r" + CLEAR + "a warning\n\rpeers 3" + CLEAR + "\r" + CLEAR
                        + "a result\n\rpeers 3" + CLEAR + "\r" + CLEAR + "a log line\n\rpeers 3" + CLEAR);
    }

    @Test
    void withoutItLinesAreWrittenAsTheyAre() {
        output.overwrite("peers 3");
        output.overwrite("");
        terminal.getBuffer().setLength(0);
        output.line("a result");

        assertThat(terminal.toString().strip()).isEqualTo("a result");
    }

    @Test
    void itFitsATerminalOfEightyColumns() {
        output.overwrite("x".repeat(200));

        assertThat(terminal.toString()).isEqualTo("\r" + "x".repeat(79) + CLEAR);
    }
}
