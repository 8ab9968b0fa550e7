package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/**
 * The explorer at three widths, in two colour schemes, by keyboard, and for screen readers. Pictures are kept in
 * {@code target/screenshots}, to be looked at. Skipped if Chromium is not installed.
 */
@Timeout(120)
@ExtendWith(ExplorerResolver.class)
class ExplorerLooksTest {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static final int NARROW = 360;
    private static final int USUAL = 1300;
    private static final int WIDE = 2560;

    /** What moves less is not noticed; a page is called good up to 0.1. */
    private static final double STILL = 0.01;

    private final Browser browser;
    private final ExplorerSite site;

    ExplorerLooksTest(Browser browser, ExplorerSite site) {
        this.browser = browser;
        this.site = site;
    }

    @AfterEach
    void asUsual() {
        browser.width(USUAL);
        browser.scheme("light");
    }

    /** Opens a view with something in it. */
    private void open(String view) {
        browser.open(
                switch (view) {
                    case "lookup" -> site.view("lookup?address=" + site.far().address());
                    case "topics" ->
                        site.view("topics?topic=" + ExplorerSite.TOPIC + "&agent="
                                + site.node().address());
                    case "publications" -> site.view("publications?id=endpoint");
                    case "inspector" ->
                        site.view("inspector?data=" + site.strangersRecord().toHex());
                    case "simulation" -> site.simulation("?at=30&check=publications-held");
                    default -> site.view(view);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "node, .verdict",
        "ring, .point",
        "lookup, [aria-label^=Holders]",
        "topics, [aria-label=Agent] table",
        "publications, .point",
        "inspector, .byte",
        "simulation, .events li"
    })
    void eachViewFitsEachWidthAndHasNoBarrier(String view, String ready) throws IOException {
        browser.width(NARROW);
        open(view);
        browser.untilThere(ready);
        assertThat(browser.script("const e = document.documentElement; return e.scrollWidth <= e.clientWidth"))
                .isEqualTo(true);
        assertThat(browser.layoutShift()).as("on a narrow screen").isLessThan(STILL);
        browser.screenshot(PICTURES.resolve(view + "-" + NARROW + ".png"));
        browser.width(WIDE);
        browser.screenshot(PICTURES.resolve(view + "-" + WIDE + ".png"));
        browser.width(USUAL);
        open(view);
        browser.untilThere(ready);
        assertThat(browser.layoutShift()).as("on a usual screen").isLessThan(STILL);
        browser.screenshot(PICTURES.resolve(view + "-" + USUAL + ".png"));
        assertThat(browser.barriers()).as("in light colours").isEmpty();
        browser.scheme("dark");
        browser.screenshot(PICTURES.resolve(view + "-" + USUAL + "-dark.png"));
        assertThat(browser.barriers()).as("in dark colours").isEmpty();
    }

    @Test
    void theViewsAndTheRingAreWalkedByKeyboard() {
        browser.open(site.view("node"));
        browser.untilThere(".verdict");
        browser.press(Keys.TAB);
        assertThat(browser.focused("e.innerText")).isEqualTo("Skip to content");
        assertThat(browser.focused("e.getBoundingClientRect().left >= 0")).isEqualTo("true");
        browser.press(Keys.TAB);
        assertThat(browser.focused("e.innerText")).isEqualTo("Node");
        browser.press(Keys.TAB);
        assertThat(browser.focused("e.innerText")).isEqualTo("Ring");
        assertThat(browser.focused("style.outlineStyle + ' ' + style.outlineWidth"))
                .isEqualTo("solid 3px");

        browser.press(Keys.ENTER);
        browser.untilThere(".point");
        browser.until("the content has the focus", () -> browser.focused("e.id").equals("content"));
        browser.press(Keys.TAB);
        String first = browser.focused("e.getAttribute('aria-label')");
        assertThat(browser.attributes(".point", "aria-label")).first().isEqualTo(first);
        assertThat(browser.focused("style.strokeWidth")).isEqualTo("3px");
        browser.press(Keys.ARROW_RIGHT);
        String second = browser.focused("e.getAttribute('aria-label')");
        assertThat(browser.attributes(".point", "aria-label")).element(1).isEqualTo(second);
        assertThat(second).startsWith(browser.text("[aria-label='Chosen contact'] h2") + ",");
        browser.press(Keys.ARROW_LEFT);
        browser.press(Keys.ARROW_LEFT);
        assertThat(browser.attributes(".point", "aria-label"))
                .last()
                .isEqualTo(browser.focused("e.getAttribute('aria-label')"));
    }
}
