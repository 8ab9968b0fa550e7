package io.a2al.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class DocsPageTest {

    @Test
    void everyOperationIsShown() {
        ObjectNode document = OpenApi.document("1.2.3");
        String page = DocsPage.of(document);
        assertThat(page).contains("<h1>a2al 1.2.3</h1>").contains("<code>GET /v1/resolve/{address}</code>");
        document.get("paths")
                .forEach(path -> path.forEach(operation -> assertThat(page)
                        .contains("<p>" + operation.get("summary").asText() + "</p>")));
    }

    @Test
    void aBrowserMayLoadAndRunNothing() {
        assertThat(DocsPage.contentSecurityPolicy())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(DocsPage.of(OpenApi.document("<script>")))
                .contains("&lt;script&gt;")
                .doesNotContain("<script")
                .doesNotContain("style=");
    }
}
