package io.a2al.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.sim.result.SimulationResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final HtmlReport.Origin ORIGIN = new HtmlReport.Origin("1.2.3", LocalDate.of(2026, 11, 29));

    private static List<String> all(String regex, String text) {
        return Pattern.compile(regex, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String data(String page) {
        return all("<script type=\"application/json\" id=\"result\">(.*?)</script>", page)
                .getFirst();
    }

    @Test
    void thePageContainsTheResult(@TempDir Path directory) throws Exception {
        SimulationResult result = Results.good();
        Path file = directory.resolve("out.html");
        HtmlReport.write(result, ORIGIN, file);
        String page = HtmlReport.render(result, ORIGIN);
        assertThat(file).content().isEqualTo(page);
        assertThat(new ObjectMapper().readTree(data(page)).toString())
                .isEqualTo(ResultJson.of(result).toString());
        assertThat(page)
                .contains("All checks held", "99.750 %", "0123456789abcdef", "a2al sim --profile calm --seed 7")
                .doesNotContain("{{");
    }

    @Test
    void thePageSaysWhereItComesFrom() {
        assertThat(HtmlReport.render(Results.good(), ORIGIN)).contains("a2al 1.2.3, 2026-11-29");
    }

    @Test
    void attacksAreListedOnlyIfThereAreAttackers() {
        String page = HtmlReport.render(Results.good(), ORIGIN);
        assertThat(page).contains("--nodes").doesNotContain("--attack");
    }

    @Test
    void equalResultsGiveEqualPages() {
        assertThat(HtmlReport.render(Results.good(), ORIGIN)).isEqualTo(HtmlReport.render(Results.good(), ORIGIN));
    }

    @Test
    void aFailedCheckIsShownWithItsEvents() {
        String page = HtmlReport.render(Results.bad("record 5 is forged"), ORIGIN);
        assertThat(page)
                .contains(
                        "Check forgery failed after 1 min 1.5 s",
                        "<li>#3 record 5 is forged</li>\n<li>#17</li>",
                        "record 5 is forged\n")
                .doesNotContain("All checks held");
    }

    @Test
    void aStoppedRunSaysSo() {
        assertThat(HtmlReport.render(Results.stopped(), ORIGIN))
                .contains("Stopped after 1 min 0.0 s; all checks had held")
                .doesNotContain("All checks held");
    }

    @Test
    void theFirstAndTheLastLookupsAreInTheNumbers() {
        assertThat(HtmlReport.render(Results.good(), ORIGIN))
                .contains("<td>median 200 ms, 95th percentile 380 ms, 4.0 nodes asked</td>")
                .contains("last five minutes of lookups</th><td>–</td>");
    }

    @Test
    void textInResultsCannotBecomeMarkup() throws Exception {
        String hostile = "</script><script>alert(1)</script><!--<b>\"'&{{data}}$1\\";
        String page = HtmlReport.render(Results.bad(hostile), ORIGIN);
        assertThat(page).doesNotContain("<script>alert", "<!--", "<b>");
        assertThat(page)
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!--&lt;b&gt;"
                        + "&quot;&#39;&amp;{{data}}$1\\");
        assertThat(new ObjectMapper()
                        .readTree(data(page))
                        .at("/violation/message")
                        .asText())
                .isEqualTo(hostile);
    }

    @Test
    void onlyItsOwnScriptsRunAndNothingIsLoaded() throws Exception {
        String page = HtmlReport.render(Results.good(), ORIGIN);
        String policy = all("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", page)
                .getFirst();
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("http", "unsafe", "*", "data:");
        List<String> own = all("<(?:script|style)>(.*?)</(?:script|style)>", page);
        assertThat(own).hasSize(4);
        for (String part : own) {
            assertThat(policy).contains("'sha256-" + sha256(part) + "'");
        }
        assertThat(page)
                .doesNotContainPattern("\\s(src|href|action)\\s*=\\s*[\"'a-z]")
                .doesNotContain("url(", "@import");
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** CVE-2024-21489: the library lets data change what all objects inherit from. */
    @Test
    void whatAllObjectsInheritFromIsFrozenBeforeTheLibraryRuns() {
        List<String> scripts = all("<script>(.*?)</script>", HtmlReport.render(Results.good(), ORIGIN));

        assertThat(scripts.getFirst().lines())
                .as("the first script of the page")
                .contains("Object.freeze(Object.prototype);");
        assertThat(scripts.get(1)).contains("var uPlot=function(");
    }

    @Test
    void aFailedRunsPageIsGuardedToo() {
        String page = HtmlReport.render(Results.bad("record 5 is forged"), ORIGIN);

        assertThat(page.indexOf("\nObject.freeze(Object.prototype);"))
                .isPositive()
                .isLessThan(page.indexOf("var uPlot="));
    }

    @Test
    void thePageContainsTheLicenceOfTheLibrary() {
        assertThat(HtmlReport.render(Results.good(), ORIGIN)).contains("uPlot", "The MIT License", "Leon Sorokin");
    }

    @Test
    void everyChartHasAFigure() {
        String page = HtmlReport.render(Results.good(), ORIGIN);
        List<String> figures = all("<figure data-chart=\"([a-z]+)\">\\s*<figcaption><h2>[A-Z]", page);
        String charts = all("const charts = \\{(.*?)\\};", page).getFirst();
        assertThat(figures)
                .containsExactlyInAnyOrderElementsOf(all("\\n    ([a-z]+)[,:]", charts))
                .contains("latency", "hops", "success", "replicas", "messages", "bytes", "tables");
    }
}
