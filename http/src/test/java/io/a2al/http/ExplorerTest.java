package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The explorer in a browser, compared with the node that it shows. Skipped if Chromium is not installed. */
@Timeout(120)
@ExtendWith(BrowserResolver.class)
class ExplorerTest {

    /** How many values of a canvas are not blank. */
    private static final String DOTS = """
        const canvas = document.querySelector("canvas");
        const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return image.data.filter((value) => value > 0).length;
        """;

    private static ExplorerSite site;
    private static Browser browser;

    @BeforeAll
    static void start(Browser shared, @TempDir Path directory) throws Exception {
        browser = shared;
        site = new ExplorerSite(directory);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static void open(String view) {
        browser.open(site.view(view));
    }

    @Test
    void theNodeViewSaysHowTheNodeIs() {
        DhtNode node = site.node();
        open("node");
        browser.until("the numbers of the view are those of the node", () -> {
            var statistics = node.statistics();
            return browser.texts(".verdict")
                            .contains("Joined: " + statistics.table().alive() + " contacts answer")
                    && browser.fact("in the routing table")
                            .equals(String.valueOf(node.contacts().size()))
                    && browser.text("[aria-label=Store]")
                            .contains("records\n" + statistics.store().records().used() + " of ");
        });
        assertThat(browser.texts(".verdict")).contains("All 2 publications have their replicas");
        assertThat(browser.fact("address")).isEqualTo(node.address().toString());
        assertThat(browser.fact("NodeID")).isEqualTo(node.nodeId().toHex());
        assertThat(browser.fact("listens at")).isEqualTo(Endpoints.text(node.localEndpoint()));
        assertThat(browser.fact("version")).isEqualTo("1.2.3");
        browser.untilSaid("#connection", "live");
    }

    @Test
    void theRingHasEachContactOfTheNodeAndNoOther() {
        open("ring");
        browser.until("the points are the contacts", () -> {
            Set<String> shown = new TreeSet<>();
            browser.attributes(".point", "aria-label")
                    .forEach(label -> shown.add(label.substring(0, label.indexOf(','))));
            Set<String> known = new TreeSet<>();
            site.node().contacts().forEach(contact -> known.add(Endpoints.text(contact.endpoint())));
            return !known.isEmpty() && shown.equals(known);
        });
        assertThat(browser.texts("tbody tr")).hasSameSizeAs(site.node().contacts());
    }

    @Test
    void aLookupIsWatchedToItsEndAndCanBeReloaded() {
        NodeId key = NodeId.ofAddress(site.far().address());
        assertThat(site.node().store().get(key, RecordType.ENDPOINT)).isEmpty();
        open("lookup?address=" + site.far().address());
        for (int i = 0; i < 2; i++) {
            browser.untilSaid("[aria-label=Outcome]", "ended");
            assertThat(browser.fact("found")).isEqualTo(ExplorerSite.FAR_URL);
            assertThat(browser.fact("ended")).startsWith("by itself");
            int requests = browser.count(".request-end");
            assertThat(browser.fact("asked, answered")).startsWith(requests + ", ");
            assertThat(browser.text("main > div > div:last-child caption"))
                    .isEqualTo("Requests in order (" + requests + ")");
            assertThat(browser.count(".step-records")).isGreaterThan(1);
            assertThat(browser.text("[aria-label=Outcome] tbody")).contains("newest");
            assertThat(browser.url())
                    .contains("#/lookup?", "address=" + site.far().address());
            browser.reload();
        }
    }

    @Test
    void aLookupThatFindsNothingSaysSo() {
        open("lookup");
        browser.type("[name=target]", site.node().agent().address().toString().substring(0, 10));
        browser.press(Keys.ENTER);
        browser.untilSaid(".message", "address");
        open("lookup?address=" + site.absent().address());
        browser.untilSaid("[aria-label=Outcome]", "ended");
        assertThat(browser.fact("found")).isEqualTo("nothing");
    }

    @Test
    void topicsShowTheEntriesThatTheNetworkHasAndTheirAgents() {
        open("topics?topic=" + ExplorerSite.TOPIC);
        browser.untilSaid("caption", "Entries under ai/translation (2)");
        assertThat(browser.text("tbody"))
                .contains("Babel", "mcp", "fast", "Translates between", "Dragoman", "a2a", "exact");
        browser.type("[name=tag]", "fast");
        browser.press(Keys.ENTER);
        browser.untilSaid("caption", "(1)");
        assertThat(browser.text("tbody")).contains("Babel").doesNotContain("Dragoman");
        browser.click("tbody button");
        browser.untilSaid("[aria-label=Agent]", ExplorerSite.URL);
        assertThat(browser.attributes("[aria-label=Agent] a", "href")).containsExactly(ExplorerSite.URL);
        assertThat(browser.fact("address")).isEqualTo(site.node().address().toString());

        browser.reload();
        browser.untilSaid("[aria-label=Agent]", ExplorerSite.URL);
        browser.untilSaid("caption", "(1)");
    }

    @Test
    void aPublicationIsShownWithTheNodesThatHoldIt() {
        Publication publication = site.endpoint();
        open("publications?id=endpoint");
        browser.until("the holders are those of the node", () -> {
            Set<String> shown = new TreeSet<>(browser.attributes("[aria-label=Replicas] td span", "title"));
            Set<String> known = new TreeSet<>();
            publication
                    .replicas()
                    .forEach(replica -> known.add(replica.node().nodeId().toHex()));
            return !known.isEmpty() && shown.equals(known) && browser.count(".point") == known.size();
        });
        assertThat(browser.fact("replicas")).isEqualTo(publication.state().replicas() + " of 8");
        assertThat(browser.fact("key")).isEqualTo(publication.key().toHex().substring(0, 24) + "…");
        assertThat(browser.texts("[aria-label^=Publications] tbody tr")).hasSize(2);
    }

    @Test
    void theInspectorExplainsBytesAndChecksSignatures() {
        String hex = site.strangersRecord().toHex();
        open("inspector");
        browser.type("#bytes", hex);
        browser.click("form button");
        browser.untilSaid("[aria-label=Bytes]", "Bytes (" + hex.length() / 2 + ")");
        assertThat(browser.text("[aria-label=Decoded]"))
                .contains(site.stranger().address().toString());
        assertThat(String.join("", browser.texts(".byte"))).isEqualTo(hex);
        browser.click("ul.plain li:nth-child(2) button");
        assertThat(browser.count(".byte.marked")).isPositive().isLessThan(hex.length() / 2);
    }

    @Test
    void aFilmIsPlayedAndAFailedCheckLeadsToItsMoment() throws Exception {
        try (FilmServer server = FilmServer.start(ExplorerSite.FREE, ExplorerSite.film())) {
            browser.open(ExplorerSite.view(server.address(), "simulation"));
            browser.untilSaid("output", "00:01:00 of 00:01:00");
            assertThat(browser.texts("nav a")).containsExactly("Simulation");
            assertThat(browser.fact("up")).isEqualTo("9");
            assertThat(browser.fact("phase")).isEqualTo("settling");
            assertThat(browser.text("[aria-label^=Phases]")).contains("00:00:20 running", "00:00:30 node 3 crashes");
            assertThat(browser.script(DOTS)).isNotEqualTo(0L);
            assertThat(browser.text("[aria-label=Checks]"))
                    .contains("Check publications-held failed", "a record has 0 holders");
            assertThat(browser.text("pre.events")).contains("00:00:29 node 3 stores", "00:00:30 node 3 crashes");

            browser.click("[aria-label=Checks] button");
            browser.untilSaid("output", "00:00:30 of 00:01:00");
            assertThat(browser.text(".controls button")).isEqualTo("Play");
            assertThat(browser.url()).endsWith("#/simulation?at=30");

            browser.reload();
            browser.untilThere("pre.events");
            browser.untilSaid("output", "00:00:30 of 00:01:00");
            assertThat(browser.text(".controls button")).isEqualTo("Play");
        }
    }

    /** A node has no film; the page says how to get one. */
    @Test
    void theSimulationViewOfANodeSaysWhereFilmsComeFrom() {
        open("simulation");
        browser.untilSaid(".message", "a2al sim --serve");
    }
}
