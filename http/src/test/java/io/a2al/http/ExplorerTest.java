package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The explorer in a browser, compared with the node that it shows. Skipped if Chromium is not installed. */
@Timeout(120)
@ExtendWith(ExplorerResolver.class)
class ExplorerTest {

    /** How many values of a canvas are not blank. */
    private static final String DOTS = """
        const canvas = document.querySelector("canvas");
        const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return image.data.filter((value) => value > 0).length;
        """;

    private final Browser browser;
    private final ExplorerSite site;

    ExplorerTest(Browser browser, ExplorerSite site) {
        this.browser = browser;
        this.site = site;
    }

    private void open(String view) {
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
            assertThat(browser.fact("nodes asked")).isEqualTo(String.valueOf(requests));
            assertThat(browser.text("[aria-label^=Requests] caption"))
                    .isEqualTo("Requests in order (" + requests + ")");
            assertThat(browser.count(".step-records")).isGreaterThan(1);
            assertThat(browser.text("[aria-label^=Holders] tbody")).contains("newest");
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
            Set<String> shown = new TreeSet<>(browser.attributes("[aria-label=Replicas] td [title]", "title"));
            Set<String> known = new TreeSet<>();
            publication
                    .replicas()
                    .forEach(replica -> known.add(replica.node().nodeId().toHex()));
            return !known.isEmpty() && shown.equals(known) && browser.count(".point") == known.size();
        });
        assertThat(browser.fact("replicas")).isEqualTo(publication.state().replicas() + " of 8");
        assertThat(browser.fact("key")).isEqualTo(publication.key().toHex().substring(0, 24) + "…");
        assertThat(browser.fact("next renewal in")).matches("(29|30) min|[0-9]+ s");
        assertThat(browser.texts("[aria-label^=Publications] tbody th"))
                .containsExactly("endpoint", "topic " + ExplorerSite.TOPIC);
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
    void aFilmIsPlayedAndAFailedCheckLeadsToItsMoment() {
        browser.open(site.simulation(""));
        browser.untilSaid(".time", "00:01:00 of 00:01:00");
        assertThat(browser.texts("nav a")).containsExactly("Simulation");
        assertThat(browser.fact("up")).isEqualTo("9");
        assertThat(browser.fact("phase")).isEqualTo("settling");
        assertThat(browser.texts(".marks li")).isEqualTo(ExplorerSite.MARKS);
        assertThat(browser.script(DOTS)).isNotEqualTo(0L);
        assertThat(browser.text("[aria-label=Checks]")).contains("publications-held failed at 00:00:30");
        assertThat(browser.count(".failure[open]")).isZero();

        browser.click(".failure summary");
        browser.untilSaid(".time", "00:00:30 of 00:01:00");
        assertThat(browser.text(".failure")).contains("a record has 0 holders", "#3 at 192.0.2.3:4121");
        assertThat(browser.texts(".events li"))
                .containsExactly("00:00:20 #3 sent STORE to #4", "00:00:30 #3 is switched off");
        assertThat(browser.text(".controls button")).isEqualTo("Play");
        assertThat(browser.url()).endsWith("#/simulation?at=30&check=publications-held");

        browser.reload();
        browser.untilThere(".failure[open]");
        browser.untilSaid(".time", "00:00:30 of 00:01:00");
        assertThat(browser.text(".controls button")).isEqualTo("Play");
        browser.click(".events li button");
        browser.untilSaid(".time", "00:00:30 of 00:01:00");
    }

    @Test
    void aFilmFromAFileHasItsPhasesFaultsAndChecks(@TempDir Path directory) throws Exception {
        open("simulation");
        browser.choose(
                ".file input",
                Files.writeString(
                        directory.resolve("x.film"), ExplorerSite.film().text()));
        browser.untilSaid(".time", "00:01:00 of 00:01:00");
        assertThat(browser.texts(".marks li")).isEqualTo(ExplorerSite.MARKS);
        assertThat(browser.text("[aria-label=Checks]")).contains("publications-held failed");
        browser.click(".marks .fault button");
        browser.untilSaid(".time", "00:00:30 of 00:01:00");

        browser.choose(".file input", Files.writeString(directory.resolve("y.film"), "{}"));
        browser.untilSaid(".message", "this file is no film");
    }

    /** Such a request may be answered later, but nothing waits for that. */
    @Test
    void aRequestThatIsOpenAtTheEndOfALookupIsNotWaitedFor() {
        open("lookup");
        assertThat(browser.module("lookup-picture.js", "module.outcomeOf({ outcome: 'asked' }, false)"))
                .isEqualTo("no answer yet");
        assertThat(browser.module("lookup-picture.js", "module.outcomeOf({ outcome: 'asked' }, true)"))
                .isEqualTo("not waited for, as the lookup had ended");
    }

    @Test
    void aChartWithoutPointsSaysSoAndShowsNoScale() {
        open("inspector");
        browser.untilThere("#bytes");
        browser.module("rate-chart.js", """
            (() => {
              const root = document.createElement("div");
              document.querySelector("main").append(root);
              module.rateChart(root).begin({ points: [], most: 360, step_seconds: 10 });
            })()\
            """);
        browser.untilThere(".chart svg");
        assertThat(browser.script("return document.querySelector('.chart svg').textContent"))
                .isEqualTo("No data yet: there is a point every 10 s.");
    }

    /** A node has no film; the page says how to get one. */
    @Test
    void theSimulationViewOfANodeSaysWhereFilmsComeFrom() {
        open("simulation");
        browser.untilSaid(".message", "a2al sim --serve");
    }
}
