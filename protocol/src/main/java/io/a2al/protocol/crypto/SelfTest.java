package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Known answers that a library must give before it is used: an example of the standard, and inputs on which libraries
 * are known to disagree, with the result by the cofactorless equation and {@link StrictEncoding}. Stateless and
 * thread-safe.
 */
final class SelfTest {

    private static final Bytes SEED = Bytes.fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final Bytes KEY = Bytes.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    /** RFC 8032 section 7.1, test 1: the signature of the empty message. */
    private static final Bytes SIGNATURE =
            Bytes.fromHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                    + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");

    private record Case(String name, Bytes key, Bytes signature, boolean holds) {}

    /** All signatures are over the empty message. */
    private static final List<Case> CASES = List.of(
            new Case("a good signature", KEY, SIGNATURE, true),
            new Case("a changed signature", KEY, SIGNATURE.slice(0, 63).concat(Bytes.fromHex("0a")), false),
            new Case(
                    "a scalar that is not reduced",
                    KEY,
                    Bytes.fromHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                            + "4c8c7872aa064e049dbb3013fbf29380d25bf5f0595bbe24655141438e7a101b"),
                    false),
            new Case(
                    "a signature that holds by the cofactored equation only",
                    KEY,
                    Bytes.fromHex("b15bf26424d1b69dd33b7a9e57db5de4a2aadea4a2a051efd9bfd6af74165d2b"
                            + "545bf1c62a0e82b437cd0978be835876dcb64ee1cb1b7aa25b401fc8e6556808"),
                    false),
            new Case(
                    "a key with a part of small order",
                    Bytes.fromHex("3b5b475c4b82dd1572799fc546f4c6c03e478c6654aa4c7f945b347ea32af60d"),
                    Bytes.fromHex("b4b937fca95b2f1e93e41e62fc3c78818ff38a66096fad6e7973e5c90006d321"
                            + "fadf718521c6c0f3a386132bcb4fd2f557c9e52142144b29d63fc1155c98540b"),
                    true),
            new Case(
                    "the neutral element as key",
                    Bytes.fromHex("0100000000000000000000000000000000000000000000000000000000000000"),
                    Bytes.fromHex("5866666666666666666666666666666666666666666666666666666666666666"
                            + "0100000000000000000000000000000000000000000000000000000000000000"),
                    false),
            new Case(
                    "the neutral element, not canonically encoded, as key",
                    Bytes.fromHex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                    Bytes.fromHex("5866666666666666666666666666666666666666666666666666666666666666"
                            + "0100000000000000000000000000000000000000000000000000000000000000"),
                    false));

    private SelfTest() {}

    /** Returns the first wrong answer of the library as a text that follows its name, or nothing if all are right. */
    static Optional<String> disagreement(Ed25519 library) {
        Signer signer = Identity.ofSeed(SEED.toArray()).newSigner(library);
        if (!signer.sign(Bytes.EMPTY).equals(SIGNATURE)) {
            return Optional.of("makes another signature than the standard's example");
        }
        SignatureVerifier verifier = library.newVerifier();
        for (Case known : CASES) {
            if (verifier.verify(known.key(), Bytes.EMPTY, known.signature()) != known.holds()) {
                return Optional.of((known.holds() ? "refuses " : "accepts ") + known.name());
            }
        }
        return Optional.empty();
    }
}
