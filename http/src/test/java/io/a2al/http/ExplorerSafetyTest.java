package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.Publication;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the explorer must not let strangers do, and what it asks before it acts. Skipped if Chromium is not installed.
 */
@Timeout(120)
@ExtendWith(ExplorerResolver.class)
class ExplorerSafetyTest {

    private static final String DIALOG = "dialog[open]";
    private static final String USE = "dialog button[value=use]";
    private static final String CANCEL = "dialog button[value=cancel]";

    private final Browser browser;
    private final ExplorerSite site;

    ExplorerSafetyTest(Browser browser, ExplorerSite site) {
        this.browser = browser;
        this.site = site;
    }

    private void assertOnlyText() {
        assertThat(browser.script("return window.pwned ?? null")).isNull();
        assertThat(browser.script("return document.querySelectorAll('main img, main b, main i, main script').length"))
                .isEqualTo(0L);
        assertThat(browser.attributes("main a", "href")).allMatch(href -> href.startsWith("https://"));
    }

    @Test
    void aStrangersMarkupIsShownAsText() {
        browser.open(site.view("topics?topic=" + ExplorerSite.MARKUP_TOPIC));
        browser.untilSaid("tbody", ExplorerSite.MARKUP);
        assertThat(browser.text("caption")).contains(ExplorerSite.MARKUP_TOPIC);
        assertThat(browser.text("tbody")).contains("<i>mcp</i>", "<script>window.pwned=3</script>");
        browser.click("tbody button");
        browser.untilSaid("[aria-label=Agent]", "javascript:window.pwned=2");
        browser.untilSaid("[aria-label=Agent] tbody", ExplorerSite.MARKUP);
        assertOnlyText();

        browser.open(site.view("lookup?address=" + site.stranger().address()));
        browser.untilSaid("[aria-label=Outcome]", ExplorerSite.MARKUP);
        assertOnlyText();

        browser.open(site.view("inspector?data=" + site.strangersRecord().toHex()));
        browser.untilSaid("[aria-label=Decoded]", ExplorerSite.MARKUP);
        assertOnlyText();
    }

    /** A link that a stranger made is an input, too. */
    @Test
    void markupInTheAddressOfThePageIsShownAsText() {
        browser.open(site.view("lookup?address=%3Cimg%20src%3Dx%20onerror%3D%22window.pwned%3D4%22%3E"));
        browser.untilSaid(".message", "address");
        assertOnlyText();
    }

    @Test
    void thePolicyForbidsInlineScriptsAndThoseOfOthers() {
        browser.open(site.view("node"));
        browser.untilThere(".verdict");
        browser.script("""
            window.refused = [];
            addEventListener("securitypolicyviolation", (event) => window.refused.push(event.effectiveDirective));
            const inline = document.createElement("script");
            inline.textContent = "window.pwned = 5";
            const other = document.createElement("script");
            other.src = "https://other.example/script.js";
            const image = document.createElement("img");
            image.setAttribute("onerror", "window.pwned = 6");
            image.src = "https://other.example/image.png";
            document.body.append(inline, other, image);
            """);
        browser.until(
                "all are refused",
                () -> List.of("img-src", "script-src-attr", "script-src-elem")
                        .equals(browser.script("return [...new Set(window.refused)].sort()")));
        assertThat(browser.script("return window.pwned ?? null")).isNull();
    }

    @Test
    void theTokenIsAskedForWhereItIsNeededAndUsed() throws Exception {
        try (HttpApi api = site.serve(true)) {
            browser.open(ExplorerSite.view(api.address(), "node"));
            browser.untilSaid(DIALOG, "token");
            assertThat(browser.count(".verdict")).isZero();
            assertThat(browser.focused("e.id")).isEqualTo("token");
            browser.type("#token", "wrong-token-of-this-test");
            browser.click(USE);
            browser.until(
                    "it is asked for again",
                    () -> browser.script("return document.querySelector('#token').value")
                                    .equals("")
                            && browser.count(DIALOG) == 1);
            browser.type("#token", site.token());
            browser.click(USE);
            browser.untilThere(".verdict");
            assertThat(browser.fact("NodeID")).isEqualTo(site.node().nodeId().toHex());

            browser.reload();
            browser.untilThere(".verdict");
            assertThat(browser.count(DIALOG)).isZero();
        }
    }

    @Test
    void endingAPublicationAsksForTheTokenFirst() throws Exception {
        Publication publication = site.node().publishKept(TopicPayload.of("to-end", "", List.of(), List.of()));
        String id = "topic-" + publication.key().toHex();
        try (HttpApi api = site.serve(false)) {
            browser.open(ExplorerSite.view(api.address(), "publications?id=" + id));
            browser.click(".card .two button");
            browser.untilSaid(DIALOG, "Ending topic to-end");
            browser.click(CANCEL);
            browser.untilSaid(".message", "no token was given");
            assertThat(publication.isOpen()).isTrue();

            browser.click(".card .two button");
            browser.untilThere(DIALOG);
            browser.type("#token", "wrong-token-of-this-test");
            browser.click(USE);
            browser.untilSaid(".message", "no valid token");
            assertThat(publication.isOpen()).isTrue();

            browser.click(".card .two button");
            browser.untilThere(DIALOG);
            browser.type("#token", site.token());
            browser.click(USE);
            browser.untilSaid(".message", "topic to-end is ended");
            assertThat(publication.isOpen()).isFalse();
            browser.until(
                    "it is not listed any longer", () -> !browser.text("table").contains("to-end"));
        }
    }
}
