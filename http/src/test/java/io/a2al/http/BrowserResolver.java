package io.a2al.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests one browser, as it takes seconds to start. Without one here, they are skipped. */
final class BrowserResolver implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        assumeTrue(Browser.isInstalled(), "chromium and chromedriver are not installed");
        return context.getRoot()
                .getStore(Namespace.create(BrowserResolver.class))
                .getOrComputeIfAbsent(Browser.class, _ -> Browser.start());
    }
}
