package io.a2al.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of the explorer one browser and one site, as these take seconds to start. Without a browser here, they
 * are skipped.
 */
final class ExplorerResolver implements ExecutionCondition, ParameterResolver {

    /** An assumption that fails while a parameter is resolved would be an error, not a skipped test. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Browser.isInstalled()
                ? ConditionEvaluationResult.enabled("there is a browser")
                : ConditionEvaluationResult.disabled("chromium and chromedriver are not installed");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Browser.class || type == ExplorerSite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getRoot().getStore(Namespace.create(ExplorerResolver.class));
        return parameter.getParameter().getType() == Browser.class
                ? store.getOrComputeIfAbsent(Browser.class, _ -> Browser.start())
                : store.getOrComputeIfAbsent(ExplorerSite.class, _ -> newSite());
    }

    private static ExplorerSite newSite() {
        try {
            return ExplorerSite.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
