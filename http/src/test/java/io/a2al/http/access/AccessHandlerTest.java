package io.a2al.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessHandlerTest {

    private static InetSocketAddress peer(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.9.9.9, true",
        "::1, true",
        "::ffff:127.0.0.1, true",
        "192.0.2.1, false",
        "10.0.0.1, false",
        "0.0.0.0, false",
        "fe80::1, false",
        "2001:db8::1, false"
    })
    void onlyLoopbackPeersAreLocal(String ip, boolean isLocal) {
        assertThat(AccessHandler.isLocal(peer(ip), HttpFields.EMPTY)).isEqualTo(isLocal);
    }

    @Test
    void whatAProxyPassesOnIsNot() {
        HttpFields fields = HttpFields.build().add("x-forwarded-for", "127.0.0.1");
        assertThat(AccessHandler.isLocal(peer("127.0.0.1"), fields)).isFalse();
        assertThat(AccessHandler.isLocal(InetSocketAddress.createUnresolved("localhost", 1), HttpFields.EMPTY))
                .isFalse();
    }
}
