package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.a2al.app.cli.LogSetup;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

class LogSetupTest {

    /** Loggers are made by Logback as it is set up by itself, with the level of the property. */
    @Test
    void logbackFindsTheSetup() {
        Logger root = root((LoggerContext) LoggerFactory.getILoggerFactory());

        assertThat(root.getLevel()).isEqualTo(Level.toLevel(System.getProperty(LogSetup.LEVEL_PROPERTY)));
        assertThat(onlyAppender(root).getTarget()).isEqualTo("System.err");
    }

    /** Otherwise --verbose would log the headers of requests, with the token. */
    @Test
    void theWebServerLogsNoHeaders() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

        assertThat(context.getLogger("org.eclipse.jetty.http.HttpParser").isInfoEnabled())
                .isFalse();
    }

    /** Otherwise --verbose would log the messages, with keys in them. */
    @Test
    void theSdkLogsNoMessages() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

        assertThat(context.getLogger("io.modelcontextprotocol.spec.McpSchema").isWarnEnabled())
                .isFalse();
    }

    /** Main's name for it leads to a class that SLF4J can make and that sets Logback up the same. */
    @Test
    void theProviderNamedToSlf4jSetsLogbackUp() throws ReflectiveOperationException {
        SLF4JServiceProvider provider = Class.forName(Main.LOG_PROVIDER)
                .asSubclass(SLF4JServiceProvider.class)
                .getConstructor()
                .newInstance();
        provider.initialize();

        LoggerContext context = (LoggerContext) provider.getLoggerFactory();
        assertThat(context.isStarted()).isTrue();
        assertThat(context.getMDCAdapter()).isSameAs(provider.getMDCAdapter());
        assertThat(onlyAppender(root(context)).getTarget()).isEqualTo("System.err");
    }

    @Test
    void anEventIsOneLineWithItsLevelAndClass() {
        LoggerContext context = new LoggerContext();
        new LogSetup().configure(context);
        Logger logger = context.getLogger("io.a2al.dht.DhtNode");

        byte[] line = onlyAppender(root(context))
                .getEncoder()
                .encode(new LoggingEvent("", logger, Level.WARN, "node {} has {} peers", null, new Object[] {"a", 3}));

        assertThat(new String(line, StandardCharsets.UTF_8))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  DhtNode: node a has 3 peers\\R");
    }

    /** Loggers that would log secrets keep theirs. */
    @Test
    void theLevelIsSetWhileTheProgramRuns() {
        LoggerContext context = new LoggerContext();
        new LogSetup().configure(context);
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

    private static Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static ConsoleAppender<ILoggingEvent> onlyAppender(Logger logger) {
        Iterator<Appender<ILoggingEvent>> appenders = logger.iteratorForAppenders();
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) appenders.next();
        assertThat(appenders.hasNext()).isFalse();
        return appender;
    }
}
