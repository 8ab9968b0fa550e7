package io.a2al.http.fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** What is fuzzed. The module {@code fuzz} runs each with Jazzer, which finds the method by its name. */
enum FuzzTarget {
    /** Datagrams and CBOR. */
    DECODER(DecoderTarget::fuzzerTestOneInput),
    /** Signed records and their payloads. */
    RECORD(RecordTarget::fuzzerTestOneInput),
    /** Delegation proofs, and texts that wallets sign. */
    DELEGATION(DelegationTarget::fuzzerTestOneInput),
    /** Frames of mail on a stream, and sealed notes. */
    MAIL_FRAME(MailFrameTarget::fuzzerTestOneInput),
    /** Files of records. */
    STORE_FILE(StoreFileTarget::fuzzerTestOneInput),
    /** Bodies of HTTP requests. */
    HTTP_BODY(HttpBodyTarget::fuzzerTestOneInput);

    /** Checks one input. */
    interface Check {
        void check(byte[] input) throws Exception;
    }

    private final Check check;

    FuzzTarget(Check check) {
        this.check = check;
    }

    void check(byte[] input) throws Exception {
        check.check(input);
    }

    /** The folder of its corpus: seeds, and every input that once broke a rule. */
    Path corpus() {
        return Path.of("src/test/corpus", name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
