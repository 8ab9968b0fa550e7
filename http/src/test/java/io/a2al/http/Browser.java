package io.a2al.http;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, by the driver that is installed with it. It reaches this machine only. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLLING = Duration.ofMillis(20);
    private static final int HEIGHT = 900;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Returns whether there are a browser and its driver here. */
    static boolean isInstalled() {
        return find("chromium").isPresent() && find("chromedriver").isPresent();
    }

    private static Optional<File> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toFile)
                .findFirst();
    }

    static Browser start() {
        // With the path of the driver, Selenium looks for none, and loads none from elsewhere.
        System.setProperty(
                "webdriver.chrome.driver", find("chromedriver").orElseThrow().getPath());
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find("chromium").orElseThrow());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        return new Browser(new ChromeDriver(options));
    }

    /** Opens an address, and loads the page anew even if only the part after the # differs. */
    void open(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    String url() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    Object script(String source, Object... arguments) {
        return driver.executeScript(source, arguments);
    }

    /** Returns the text of the first element that fits, as it is shown; empty if there is none. */
    String text(String selector) {
        return (String) script("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
    }

    /** Returns the texts of all elements that fit. */
    List<String> texts(String selector) {
        return strings("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", selector);
    }

    /** Returns the values of an attribute of all elements that fit. */
    List<String> attributes(String selector, String name) {
        return strings(
                "return [...document.querySelectorAll(arguments[0])].map((e) => e.getAttribute(arguments[1]))",
                selector,
                name);
    }

    /** Returns the value of a term of a list of facts; empty if it is not there. */
    String fact(String term) {
        return (String) script(
                "return [...document.querySelectorAll('dt')].find((e) => e.innerText === arguments[0])"
                        + "?.nextElementSibling.innerText ?? ''",
                term);
    }

    int count(String selector) {
        return texts(selector).size();
    }

    private List<String> strings(String source, Object... arguments) {
        return ((List<?>) script(source, arguments))
                .stream().map(String.class::cast).toList();
    }

    /** Waits until something holds. */
    void until(String what, BooleanSupplier holds) {
        try {
            new WebDriverWait(driver, PATIENCE, POLLING)
                    .ignoring(StaleElementReferenceException.class)
                    .until(_ -> holds.getAsBoolean());
        } catch (TimeoutException e) {
            throw new AssertionError("not so after " + PATIENCE + ": " + what + "; the page says: " + text("body"), e);
        }
    }

    /** Waits until an element is there. */
    void untilThere(String selector) {
        until(selector + " is there", () -> count(selector) > 0);
    }

    /** Waits until an element shows a text. */
    void untilSaid(String selector, String part) {
        until(selector + " says " + part, () -> text(selector).contains(part));
    }

    /** Has an input take a file. */
    void choose(String selector, Path file) {
        type(selector, file.toString());
    }

    /** Returns the value of an expression about {@code module}, a script of the explorer. */
    Object module(String name, String expression) {
        return driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            import("/explorer/" + arguments[0]).then((module) => done(%s));
            """.formatted(expression), name);
    }

    /** Returns by how much parts of the page have moved by themselves since it was opened. */
    double layoutShift() {
        return ((Number) Objects.requireNonNull(driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            const observer = new PerformanceObserver(() => {});
            observer.observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => done(
              observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0))));
            """))).doubleValue();
    }

    void click(String selector) {
        until(selector + " can be clicked", () -> {
            driver.findElement(By.cssSelector(selector)).click();
            return true;
        });
    }

    void type(String selector, String text) {
        untilThere(selector);
        driver.findElement(By.cssSelector(selector)).sendKeys(text);
    }

    /** Presses a key, wherever the focus is. */
    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Returns an attribute or property of what has the focus, or a value of its style. */
    String focused(String expression) {
        return String.valueOf(
                script("const e = document.activeElement; const style = getComputedStyle(e); return " + expression));
    }

    /** Makes the page as wide as this, and waits until it is drawn so. */
    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeAsyncScript(
                "requestAnimationFrame(() => requestAnimationFrame(arguments[arguments.length - 1]))");
    }

    /** Prefers a colour scheme: {@code dark} or {@code light}. */
    void scheme(String name) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    /** Writes a picture of the whole page. */
    void screenshot(Path file) throws IOException {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", whole()));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode((String) answer.get("data")));
    }

    private Map<String, Object> whole() {
        List<?> size = (List<?>) script("const e = document.documentElement;"
                + " return [Math.max(e.scrollWidth, innerWidth), Math.max(e.scrollHeight, innerHeight)]");
        return Map.of("x", 0, "y", 0, "width", size.get(0), "height", size.get(1), "scale", 1);
    }

    /** Returns what axe-core finds that is serious or critical: the rule and the elements. */
    List<String> barriers() throws IOException {
        if (Boolean.FALSE.equals(script("return 'axe' in window"))) {
            try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
                script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        List<?> found = (List<?>) driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ["violations"] }).then((result) => done(result.violations
              .filter((violation) => ["serious", "critical"].includes(violation.impact))
              .flatMap((violation) => violation.nodes.map((node) =>
                `${violation.id}: ${node.html} ${node.failureSummary}`))),
              (problem) => done([String(problem)]));
            """);
        return found.stream().map(String.class::cast).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
