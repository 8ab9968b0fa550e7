package io.a2al.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.TestResources;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes and text forms of the wallet families, against published examples. */
class WalletAddressTest {

    /** Generator of secp256k1, which is the public key of the private key 1. */
    private static final Bytes GENERATOR = Bytes.fromHex("04"
            + "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
            + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- hashes -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
        "The quick brown fox jumps over the lazy dog, 4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"
    })
    void keccakHasItsOriginalPadding(String text, String digest) {
        assertThat(Bytes.copyOf(Keccak256.hash(ascii(text)))).isEqualTo(Bytes.fromHex(digest));
        int half = text.length() / 2;
        assertThat(Bytes.copyOf(Keccak256.hash(ascii(text.substring(0, half)), ascii(text.substring(half)))))
                .isEqualTo(Bytes.fromHex(digest));
    }

    /** From the page of RIPEMD-160's authors. */
    @ParameterizedTest
    @CsvSource({
        "'', 9c1185a5c5e9fc54612808977ee8f548b2258d31",
        "abc, 8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
        "message digest, 5d0689ef49d2fae572b881b123a85ffa21595f36"
    })
    void theInnerHashOfHash160IsRipemd160(String text, String digest) {
        RIPEMD160Digest ripemd = new RIPEMD160Digest();
        ripemd.update(ascii(text), 0, text.length());
        byte[] hash = new byte[20];
        ripemd.doFinal(hash, 0);
        assertThat(Bytes.copyOf(hash)).isEqualTo(Bytes.fromHex(digest));
    }

    @Test
    void hash160OfWellKnownKeys() {
        assertThat(Bytes.copyOf(Hash160.hash(new byte[0])).toHex())
                .isEqualTo("b472a266d0bd89c13706a4132ccfb16f7c3b9fcb");
        Bytes compressed = Bytes.fromHex("02").concat(GENERATOR.slice(1, 33));
        assertThat(Address.ofParalismKey(compressed).toHex()).isEqualTo("a2751e76e8199196d454941c45d1b3a323f1433bd6");
        assertThat(Address.ofParalismKey(GENERATOR).toHex()).isEqualTo("a291b24bf9f5288532960ac687abb035127b1d28a5");
        assertThat(Address.ofEthereumKey(GENERATOR)).hasToString("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf");
    }

    // ---- EIP-55 -----------------------------------------------------------------------------------------------

    @Test
    void theExamplesOfEip55() {
        List<String> examples = TestResources.text("standards/eip55.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(examples).hasSize(8);
        for (String example : examples) {
            Address address = Address.parse(example);
            assertThat(address).hasToString(example);
            assertThat(address.version()).isEqualTo(Address.ETHEREUM);
            String lower = example.toLowerCase(Locale.ROOT);
            assertThat(Address.parse(lower)).isEqualTo(address);
            for (int at = 2; at < example.length(); at++) {
                assertOtherCaseIsRefused(example, lower, at);
            }
        }
    }

    private static void assertOtherCaseIsRefused(String example, String lower, int at) {
        char c = example.charAt(at);
        char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
        String changed = example.substring(0, at) + other + example.substring(at + 1);
        if (!changed.equals(example) && !changed.equals(lower)) {
            assertThatThrownBy(() -> Address.parse(changed))
                    .as(changed)
                    .isInstanceOf(InvalidAddressException.class)
                    .hasMessageContaining("checksum");
        }
    }

    // ---- Base58Check ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        // the genesis block's; an example of the Bitcoin wiki; private key 1, compressed and not; the zero hash
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, 0062e907b15cbf27d5425399ebf6f0fb50ebb88f18",
        "16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM, 00010966776006953d5567439e5e39f86a0d273bee",
        "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH, 00751e76e8199196d454941c45d1b3a323f1433bd6",
        "1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm, 0091b24bf9f5288532960ac687abb035127b1d28a5",
        "1111111111111111111114oLvT2, 000000000000000000000000000000000000000000",
        // not addresses of this family: a script hash, and a private key of the Bitcoin wiki
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy, 05b472a266d0bd89c13706a4132ccfb16f7c3b9fcb",
        "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ,"
                + "800c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d"
    })
    void publishedTextsAreRead(String text, String bytes) {
        assertThat(Base58Check.decode(text).map(Bytes::copyOf)).contains(Bytes.fromHex(bytes));
        if (bytes.length() == 42 && bytes.startsWith("00")) {
            assertThat(Address.parse(text).toHex()).isEqualTo("a2" + bytes.substring(2));
        } else {
            assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(InvalidAddressException.class);
        }
    }

    @Test
    void anyChangedCharacterIsNoticed() {
        String text = "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH";
        for (int at = 0; at < text.length(); at++) {
            for (char c : new char[] {'1', '2', 'z', '0', 'O', 'I', 'l', ' ', 'é'}) {
                String changed = text.substring(0, at) + c + text.substring(at + 1);
                assertThat(Base58Check.decode(changed).isPresent()).as(changed).isEqualTo(changed.equals(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1111", "z", "3J98", "11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"})
    void shortTextsAndExtraZerosAreNone(String text) {
        assertThat(Base58Check.decode(text)).isEmpty();
    }

    // ---- what people paste ------------------------------------------------------------------------------------

    @Test
    void refusalsSayWhyAndShowNoMoreThanIsUseful() {
        assertThatThrownBy(() -> Address.parse("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"))
                .hasMessageContaining("SegWit");
        assertThatThrownBy(() -> Address.parse("bc1qqf88h9thm3ahw0axx284s6np0racffcwv570vqq"))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> Address.parse("0x52908400098527886e0F7030069857D2E4169EE7"))
                .hasMessageContaining("upper and lower case");
        String endless = "x".repeat(10_000);
        assertThatThrownBy(() -> Address.parse(endless))
                .satisfies(e -> assertThat(e.toString()).hasSizeLessThan(300));
    }

    // ---- refusals ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "a0, LENGTH",
        "0x00, LENGTH",
        "g056475aa75463474c0285df5dbf2bcab73da65135, CHARACTERS",
        "0xg6475aa75463474c0285df5dbf2bcab73da65135, CHARACTERS",
        "A056475AA75463474C0285DF5DBF2BCAB73DA65135, CHECKSUM",
        "0x56475AA75463474C0285DF5DBF2BCAB73DA65135, CHECKSUM",
        "bc1qptywk482335wnqzsh04m0ete2mnmfj3x508g2cd, CHECKSUM",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb, CHECKSUM",
        "b056475aa75463474c0285df5dbf2bcab73da65135, VERSION",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, PAYLOAD"
    })
    void aRefusalOfAnAddressSaysWhatOfItIsWrong(String text, InvalidAddressException.Field field) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOfSatisfying(
                        InvalidAddressException.class,
                        e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(text);
    }
}
