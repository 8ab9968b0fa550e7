package io.a2al.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({"64, 8", "16, 8", "1024, 484", "65536, 1280", "unlimited, 1280"})
    void connectionsLeaveHalfOfTheFilesToTheNode(String limit, int connections) {
        String text = "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max processes             31735                31735                processes\n"
                + "Max open files            " + limit + "                1048576              files\n";
        assertThat(OpenFiles.connections(1280, text)).isEqualTo(connections);
    }
}
