package io.a2al.app.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.core.CoreConstants;

/**
 * Logback, set up by {@link LogSetup} without a search. {@code Main} names it to SLF4J; a program that does not, such
 * as a test, gets the same by a search through all jars.
 */
public final class LogProvider extends LogbackServiceProvider {

    /** Made by SLF4J. */
    public LogProvider() {}

    @Override
    public void initialize() {
        LoggerContext context = (LoggerContext) getLoggerFactory();
        context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        context.setMDCAdapter(getMDCAdapter());
        LogSetup setup = new LogSetup();
        setup.setContext(context);
        setup.configure(context);
        context.start();
    }
}
