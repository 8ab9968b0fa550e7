package io.a2al.sim.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The scripts and the style sheet of a page. The content security policy makes browsers run only these scripts and load
 * nothing. Immutable; thread-safe.
 *
 * @param guard source of the script that must run before the chart library
 * @param charts source of the chart library, with its licence
 * @param page source of the script that draws the charts
 * @param style style sheets of the library and the page
 */
record PageScripts(String guard, String charts, String page, String style) {

    private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/";

    /** Loads the scripts and style sheets from the class path. */
    static PageScripts load() {
        String licence = "/*\n" + Resources.text(LIBRARY + "LICENSE").strip() + "\n*/\n";
        return new PageScripts(
                Resources.text("guard.js").strip(),
                licence + Resources.text(LIBRARY + "dist/uPlot.iife.min.js").strip(),
                Resources.text("report.js").strip(),
                Resources.text(LIBRARY + "dist/uPlot.min.css").strip()
                        + "\n"
                        + Resources.text("report.css").strip());
    }

    /** Returns the content security policy of the page. */
    String policy() {
        return "default-src 'none'; base-uri 'none'; form-action 'none'; script-src " + hash(guard) + " " + hash(charts)
                + " " + hash(page) + "; style-src " + hash(style);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
