package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {

    private static final Contact GOOD = Contact.of(Fixtures.A.address(), Fixtures.observed());

    @Test
    void onlyConsistentDialableNativeContactsAreGenuine() {
        assertThat(GOOD.isGenuine()).isTrue();
        assertThat(GOOD.nodeId()).isEqualTo(Fixtures.A.nodeId());
        assertThat(GOOD.at(Fixtures.ipv4("0a000001", 1)).isGenuine()).isTrue();
        assertThat(new Contact(GOOD.address(), Fixtures.B.nodeId(), GOOD.endpoint()).isGenuine())
                .isFalse();
        assertThat(GOOD.at(Fixtures.observed().withPort(0)).isGenuine()).isFalse();
        assertThat(GOOD.at(Fixtures.ipv4("00000000", 1)).isGenuine()).isFalse();
        assertThat(GOOD.at(Fixtures.ipv4("e0000001", 1)).isGenuine()).isFalse();
        byte[] bytes = GOOD.address().toArray();
        bytes[0] = (byte) 0xA3;
        assertThat(Contact.of(Address.of(Bytes.copyOf(bytes)), Fixtures.observed())
                        .isGenuine())
                .isFalse();
    }

    @Test
    void movingToTheSameEndpointChangesNothing() {
        assertThat(GOOD.at(Fixtures.observed())).isSameAs(GOOD);
        assertThat(GOOD.at(Fixtures.ipv6(1, 1)).endpoint()).isEqualTo(Fixtures.ipv6(1, 1));
        assertThat(GOOD.at(Fixtures.ipv6(1, 1)).nodeId()).isEqualTo(GOOD.nodeId());
    }

    private static Contact read(String hex) throws CborException {
        CborReader reader = CborReader.of(Bytes.fromHex(hex));
        Contact contact = Contact.read(reader);
        reader.expectEnd();
        return contact;
    }

    private static String encoding(String ip, String port) {
        return "0155" + GOOD.address().toHex() + "025820" + GOOD.nodeId().toHex() + "03" + ip + "04" + port;
    }

    @Test
    void whatAStrangerSendsIsReadAsItIs() throws Exception {
        assertThat(read("a4" + encoding("44cb007107", "191019"))).isEqualTo(GOOD);
        assertThat(read("a5" + encoding("44cb007107", "191019") + "05a0")).isEqualTo(GOOD);
        Contact inconsistent = read(
                "a40155" + Bytes.zeros(21).toHex() + "025820" + Bytes.zeros(32).toHex() + "034400000000" + "0400");
        assertThat(inconsistent.nodeId()).isEqualTo(NodeId.ZERO);
        assertThat(inconsistent.isGenuine()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "43cb0071", "45cb00710700", "f6", "80"})
    void otherKindsOfAddressAreRefused(String ip) {
        assertThatThrownBy(() -> read("a4" + encoding(ip, "191019"))).isInstanceOf(CborException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a00010000", "20", "f6", "1817"})
    void otherKindsOfPortAreRefused(String port) {
        assertThatThrownBy(() -> read("a4" + encoding("44cb007107", port))).isInstanceOf(CborException.class);
    }

    @Test
    void noFieldMayBeMissing() {
        String whole = encoding("44cb007107", "191019");
        String withoutPort = whole.substring(0, whole.length() - 8);
        assertThatThrownBy(() -> read("a3" + withoutPort)).isInstanceOf(CborException.class);
        assertThatThrownBy(() -> read("a4" + withoutPort + "0500")).isInstanceOf(CborException.class);
    }
}
