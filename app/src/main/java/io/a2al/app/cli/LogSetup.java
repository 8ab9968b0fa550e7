package io.a2al.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Optional;

/**
 * Sets up logging: one line per event on standard error. Logback finds this class as a service. It reads no XML, so
 * that it takes a fraction of the time at each start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

    /** System property with the level, which is read before the first logger is made. Default: WARN. */
    public static final String LEVEL_PROPERTY = "a2al.log.level";

    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

    private static final String WEB_SERVER = "org.eclipse.jetty";
    private static final String MCP_SDK = "io.modelcontextprotocol";

    /** The root logger, once logging is set up. */
    private static volatile Optional<Logger> present = Optional.empty();

    /** Made by Logback. */
    public LogSetup() {}

    private static void keep(Logger root) {
        present = Optional.of(root);
    }

    /** Returns the name of the present level, in capitals. */
    public static String level() {
        return present.map(root -> root.getLevel().levelStr).orElse(Level.WARN.levelStr);
    }

    /** Sets the level, until the program ends. Loggers that would log secrets keep theirs. */
    public static void setLevel(String name) {
        present.ifPresent(root -> root.setLevel(Level.toLevel(name, root.getLevel())));
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new TerminalAppender();
        appender.setContext(context);
        appender.setName("STDERR");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL_PROPERTY), Level.WARN));
        root.addAppender(appender);
        keep(root);
        // At DEBUG it would log the headers of requests, with the token; at INFO it tells of its own start only.
        context.getLogger(WEB_SERVER).setLevel(Level.WARN);
        // It warns of what a client of another version sends, and at DEBUG it logs all messages, with the keys in them.
        context.getLogger(MCP_SDK).setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
