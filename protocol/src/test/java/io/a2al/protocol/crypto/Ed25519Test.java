package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.TestResources;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Ed25519Test {

    private static final BigInteger GROUP_ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** The base point, which is R of the signature with S = 1 by the neutral element over any message. */
    private static final Bytes BASE_POINT =
            Bytes.fromHex("5866666666666666666666666666666666666666666666666666666666666666");

    static Stream<Ed25519> libraries() {
        return Ed25519.available().stream();
    }

    @Test
    void thePureJavaLibraryWorksEverywhereAndTheFirstIsPreferred() {
        List<String> names = libraries().map(Ed25519::name).toList();
        assertThat(names).contains("bouncycastle").doesNotHaveDuplicates();
        String forced = System.getProperty(Ed25519.PROVIDER_PROPERTY);
        assertThat(Ed25519.preferred().name()).isEqualTo(forced == null ? names.getFirst() : forced);
        assertThat(Ed25519.preferred()).hasToString(Ed25519.preferred().name());
    }

    @Test
    void allThatAskMeanwhileGetTheSameLibrary() {
        List<Ed25519> asked = IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> Ed25519.preferred())
                .distinct()
                .toList();
        assertThat(asked).containsExactly(Ed25519.preferred());
    }

    private record Example(String seed, String publicKey, String message, String signature) {}

    /** RFC 8032 section 7.1: tests 1, 2, 3, SHA(abc) and 1024. */
    private static final List<Example> EXAMPLES = List.of(
            new Example(
                    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                    "",
                    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            new Example(
                    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                    "72",
                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
            new Example(
                    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                    "af82",
                    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
            new Example(
                    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
                    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                            + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
            longExample());

    private static Example longExample() {
        String[] words = TestResources.text("standards/ed25519.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1);
        return new Example(words[0], words[1], words[2], words[3]);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void signsAndVerifiesTheStandardsExamples(Ed25519 library) {
        SignatureVerifier verifier = library.newVerifier();
        for (Example example : EXAMPLES) {
            byte[] seed = Bytes.fromHex(example.seed()).toArray();
            Bytes key = Bytes.fromHex(example.publicKey());
            Bytes message = Bytes.fromHex(example.message());
            Bytes signature = Bytes.fromHex(example.signature());
            assertThat(Identity.ofSeed(seed).publicKey()).isEqualTo(key);
            Signer signer = library.newSigner(seed, key);
            assertThat(signer.publicKey()).isEqualTo(key);
            assertThat(signer.sign(message)).isEqualTo(signature);
            assertThat(verifier.verify(key, message, signature)).isTrue();
            assertThat(verifier.verify(key, message.concat(Bytes.zeros(1)), signature))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void signaturesOfEachLibraryHoldForAllOthers(Ed25519 signing) {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] seed = Fixtures.random(random, 32).toArray();
            Bytes key = Identity.ofSeed(seed).publicKey();
            Bytes message = Fixtures.random(random, random.nextInt(300));
            Bytes signature = signing.newSigner(seed, key).sign(message);
            assertThat(libraries().map(library -> library.newSigner(seed, key).sign(message)))
                    .containsOnly(signature);
            assertThat(libraries().map(library -> library.newVerifier().verify(key, message, signature)))
                    .containsOnly(true);
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void rangesOfArraysAreReadAndWrittenAsSuch(Ed25519 library) {
        byte[] seed = Fixtures.A.exportSeed();
        Bytes key = Fixtures.A.publicKey();
        byte[] framed = Bytes.fromHex("ff010203ff").toArray();
        byte[] target = new byte[70];
        library.newSigner(seed, key).sign(framed, 1, 4, target, 3);
        Bytes signature = library.newSigner(seed, key).sign(Bytes.fromHex("010203"));
        assertThat(Bytes.copyOfRange(target, 3, 67)).isEqualTo(signature);
        assertThat(target).startsWith(0, 0, 0).endsWith(0, 0, 0);
        SignatureVerifier verifier = library.newVerifier();
        assertThat(verifier.verify(key, framed, 1, 4, target, 3)).isTrue();
        assertThat(verifier.verify(key, framed, 0, 4, target, 3)).isFalse();
        assertThat(verifier.verify(key, framed, 1, 5, target, 3)).isFalse();
        assertThat(verifier.verify(key, framed, 1, 4, target, 2)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void everyBitOfKeyMessageAndSignatureCounts(Ed25519 library) {
        SignatureVerifier verifier = library.newVerifier();
        Bytes key = Fixtures.A.publicKey();
        Bytes message = Fixtures.consecutive(1, 40);
        Bytes signature = library.newSigner(Fixtures.A.exportSeed(), key).sign(message);
        assertThat(verifier.verify(key, message, signature)).isTrue();
        for (int bit = 0; bit < 8 * 64; bit++) {
            assertThat(verifier.verify(key, message, flip(signature, bit)))
                    .as("signature bit %s", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * 32; bit++) {
            assertThat(verifier.verify(flip(key, bit), message, signature))
                    .as("key bit %s", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 8 * 40; bit += 7) {
            assertThat(verifier.verify(key, flip(message, bit), signature))
                    .as("message bit %s", bit)
                    .isFalse();
        }
    }

    private static Bytes flip(Bytes bytes, int bit) {
        byte[] changed = bytes.toArray();
        changed[bit >> 3] ^= (byte) (1 << (bit & 7));
        return Bytes.copyOf(changed);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void signaturesThatAddTheGroupOrderToTheScalarAreRefused(Ed25519 library) {
        SignatureVerifier verifier = library.newVerifier();
        Bytes key = Fixtures.A.publicKey();
        Bytes message = Bytes.fromHex("00");
        Bytes signature = library.newSigner(Fixtures.A.exportSeed(), key).sign(message);
        BigInteger scalar = scalarOf(signature);
        assertThat(scalar).isLessThan(GROUP_ORDER);
        assertThat(verifier.verify(key, message, withScalar(signature, scalar))).isTrue();
        BigInteger limit = BigInteger.ONE.shiftLeft(256);
        for (BigInteger larger = scalar.add(GROUP_ORDER);
                larger.compareTo(limit) < 0;
                larger = larger.add(GROUP_ORDER)) {
            assertThat(verifier.verify(key, message, withScalar(signature, larger)))
                    .isFalse();
        }
    }

    @Test
    void scalarsAreReducedExactlyBelowTheGroupOrder() {
        Bytes zero = Bytes.zeros(64);
        assertThat(isReduced(withScalar(zero, BigInteger.ZERO))).isTrue();
        assertThat(isReduced(withScalar(zero, GROUP_ORDER.subtract(BigInteger.ONE))))
                .isTrue();
        assertThat(isReduced(withScalar(zero, GROUP_ORDER))).isFalse();
        assertThat(isReduced(withScalar(zero, GROUP_ORDER.add(BigInteger.ONE)))).isFalse();
        assertThat(isReduced(withScalar(zero, BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))))
                .isFalse();
    }

    private static boolean isReduced(Bytes signature) {
        return StrictEncoding.isReducedScalar(signature.toArray(), 0);
    }

    private static BigInteger scalarOf(Bytes signature) {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = (byte) signature.at(63 - i);
        }
        return new BigInteger(1, bigEndian);
    }

    private static Bytes withScalar(Bytes signature, BigInteger scalar) {
        return signature.slice(0, 32).concat(littleEndian(scalar));
    }

    private static Bytes littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return Bytes.copyOf(bytes);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aSignatureThatHoldsForAnyMessageByTheNeutralElementIsRefused(Ed25519 library) {
        SignatureVerifier verifier = library.newVerifier();
        Bytes signature = BASE_POINT.concat(littleEndian(BigInteger.ONE));
        BigInteger prime = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        Bytes neutral = littleEndian(BigInteger.ONE);
        Bytes unreduced = littleEndian(prime.add(BigInteger.ONE));
        for (Bytes key : List.of(neutral, unreduced, flip(neutral, 255), flip(unreduced, 255))) {
            assertThat(verifier.verify(key, Bytes.fromHex("00"), signature)).isFalse();
        }
    }

    @Test
    void keysOfSmallOrderAndKeysNotCanonicallyEncodedAreRefused() {
        BigInteger prime = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        List<Bytes> smallOrder = List.of(
                littleEndian(BigInteger.ZERO),
                littleEndian(BigInteger.ONE),
                littleEndian(prime.subtract(BigInteger.ONE)),
                Bytes.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
                Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));
        for (Bytes key : smallOrder) {
            assertThat(StrictEncoding.isAcceptableKey(key)).as("%s", key).isFalse();
            assertThat(StrictEncoding.isAcceptableKey(flip(key, 255)))
                    .as("%s with the other sign", key)
                    .isFalse();
        }
        for (int excess = 0; excess < 19; excess++) {
            Bytes key = littleEndian(prime.add(BigInteger.valueOf(excess)));
            assertThat(StrictEncoding.isAcceptableKey(key)).as("p + %s", excess).isFalse();
            assertThat(StrictEncoding.isAcceptableKey(flip(key, 255))).isFalse();
        }
        assertThat(StrictEncoding.isAcceptableKey(littleEndian(prime.subtract(BigInteger.TWO))))
                .isTrue();
        assertThat(StrictEncoding.isAcceptableKey(Fixtures.A.publicKey())).isTrue();
        assertThat(StrictEncoding.isAcceptableKey(Bytes.zeros(31))).isFalse();
        assertThat(StrictEncoding.isAcceptableKey(Fixtures.A.publicKey().concat(Bytes.zeros(1))))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void hostileKeysMessagesAndSignaturesAreAnsweredWithNo(Ed25519 library) {
        SignatureVerifier verifier = library.newVerifier();
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            Bytes key = Fixtures.random(random, i % 10 == 0 ? random.nextInt(40) : 32);
            Bytes signature = Fixtures.random(random, 64);
            // Every other scalar is small enough to reach the library.
            byte[] bytes = signature.toArray();
            bytes[63] &= (byte) (i % 2 == 0 ? 0x0f : 0xff);
            assertThat(verifier.verify(key, Fixtures.random(random, i), Bytes.copyOf(bytes)))
                    .isFalse();
        }
        assertThat(verifier.verify(Fixtures.A.publicKey(), Bytes.EMPTY, Bytes.zeros(63)))
                .isFalse();
        assertThat(verifier.verify(Fixtures.A.publicKey(), Bytes.EMPTY, Bytes.zeros(65)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aVerifierForgetsKeysAndStillKnowsThem(Ed25519 library) {
        SignatureVerifier verifier = library.newVerifier();
        Bytes key = Fixtures.A.publicKey();
        Bytes signature = library.newSigner(Fixtures.A.exportSeed(), key).sign(Bytes.EMPTY);
        Random random = new Random(13);
        assertThat(verifier.verify(key, Bytes.EMPTY, signature)).isTrue();
        for (int i = 0; i <= Ed25519.KEY_CACHE_SIZE; i++) {
            verifier.verify(Fixtures.random(random, 32), Bytes.EMPTY, signature);
        }
        assertThat(verifier.verify(key, Bytes.EMPTY, signature)).isTrue();
    }

    @Test
    void theCacheHoldsNoMoreThanItsCapacity() {
        LruCache<Integer, Integer> cache = new LruCache<>(2);
        cache.put(1, 1);
        cache.put(2, 2);
        assertThat(cache.get(1)).isEqualTo(1);
        assertThat(cache.computeIfAbsent(3, key -> key)).isEqualTo(3);
        assertThat(cache).containsOnlyKeys(1, 3);
    }

    // ---- secrets ----------------------------------------------------------------------------------------------

    @Test
    void noTextFormShowsTheSeed() {
        Identity identity = Fixtures.A;
        byte[] seed = identity.exportSeed();
        String secret = Bytes.copyOf(seed).toHex();
        List<String> texts = Stream.concat(
                        Stream.of(identity.toString(), identity.newSigner().toString()),
                        libraries()
                                .map(library -> library.newSigner(seed, identity.publicKey())
                                        .toString()))
                .toList();
        assertThat(texts).hasSize(2 + Ed25519.available().size());
        // Neither in hexadecimal digits nor as a list of bytes.
        assertThat(texts).noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(secret.substring(0, 16)));
        assertThat(texts)
                .noneMatch(text -> text.contains(
                        Arrays.toString(Arrays.copyOf(seed, 4)).replace("[", "").replace("]", "")));
        assertThat(identity).hasToString("Identity[" + identity.address() + "]");
    }

    @Test
    void theSeedIsCopiedInAndOut() {
        byte[] seed = Fixtures.consecutive(0, 32).toArray();
        Identity identity = Identity.ofSeed(seed);
        Bytes signature = identity.newSigner().sign(Bytes.EMPTY);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(identity.exportSeed(), (byte) 0);
        assertThat(Bytes.copyOf(identity.exportSeed())).isEqualTo(Fixtures.consecutive(0, 32));
        assertThat(identity.newSigner().sign(Bytes.EMPTY)).isEqualTo(signature);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aSignerKeepsACopyOfTheSeed(Ed25519 library) {
        byte[] seed = Fixtures.A.exportSeed();
        Signer signer = library.newSigner(seed, Fixtures.A.publicKey());
        Arrays.fill(seed, (byte) 0);
        assertThat(signer.sign(Bytes.EMPTY)).isEqualTo(Fixtures.A.newSigner().sign(Bytes.EMPTY));
    }

    @Test
    void seedsOfOtherLengthsAreRefused() {
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThatThrownBy(() -> Identity.ofSeed(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Hands out fixed bytes, so that what an identity is made from can be compared. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Fixtures.consecutive(0x20, bytes.length).copyTo(bytes, 0);
        }
    }

    @Test
    void aGeneratedIdentityComesFromTheGivenGeneratorAlone() {
        Identity generated = Identity.generate(new FixedRandom());
        assertThat(generated.publicKey()).isEqualTo(Fixtures.B.publicKey());
        assertThat(generated.address()).isEqualTo(Fixtures.B.address());
        assertThat(generated.nodeId()).isEqualTo(Fixtures.B.nodeId());
    }
}
