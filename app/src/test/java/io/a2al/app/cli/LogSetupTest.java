package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSetupTest {

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void setUp() {
        LogSetup setup = new LogSetup();
        setup.setContext(context);
        setup.configure(context);
    }

    /** Other tests log to the context that the program has. */
    @AfterEach
    void restore() {
        context.stop();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext program) {
            program.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
            LogSetup setup = new LogSetup();
            setup.setContext(program);
            setup.configure(program);
        }
    }

    @Test
    void theLevelIsSetExceptWhereTheLogWouldHaveSecrets() {
        LogSetup.setLevel("debug");
        assertThat(LogSetup.level()).isEqualTo("DEBUG");
        assertThat(context.getLogger("io.a2al").isDebugEnabled()).isTrue();
        assertThat(context.getLogger("org.eclipse.jetty.server").isInfoEnabled())
                .isFalse();
        assertThat(context.getLogger("io.modelcontextprotocol.sdk").isWarnEnabled())
                .isFalse();
        LogSetup.setLevel("error");
        assertThat(context.getLogger("io.a2al").getEffectiveLevel()).isEqualTo(Level.ERROR);
    }
}
