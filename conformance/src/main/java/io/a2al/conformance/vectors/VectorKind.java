package io.a2al.conformance.vectors;

import java.util.Optional;

/** The kinds of vector files. The name of a file determines its kind. */
enum VectorKind {
    ADDRESSES("addresses"),
    DELEGATION("delegation"),
    EXTRAS("extras_v029"),
    KEYSTORE("keystore"),
    MAILBOX("mailbox"),
    MESSAGES("messages"),
    MESSAGES_INVALID("messages_invalid"),
    MESSAGES_V029("messages_v029"),
    NATSENSE("natsense"),
    RECORDS("records"),
    ROUTING("routing"),
    STORE("store"),
    TOPICS("topics"),
    XOR("xor");

    static final String SUFFIX = ".json";

    private final String stem;

    VectorKind(String stem) {
        this.stem = stem;
    }

    /** Returns the kind of the file with the given name, if it is known. */
    static Optional<VectorKind> of(String file) {
        for (VectorKind kind : values()) {
            if (kind.file().equals(file)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Returns the name of the file of this kind. */
    String file() {
        return stem + SUFFIX;
    }

    /** Loads the decisions about cases of this kind. */
    Choices choices() {
        return Choices.load(stem);
    }

    /** Returns the check for a file of this kind. */
    FileCheck check(VectorFile file) throws MalformedVectorException {
        return switch (this) {
            case ADDRESSES -> new AddressCheck(choices());
            case DELEGATION -> new DelegationCheck(choices());
            case EXTRAS -> new ExtrasCheck();
            case KEYSTORE -> new KeystoreCheck();
            case MAILBOX -> new MailboxCheck(choices());
            case MESSAGES, MESSAGES_V029 -> new MessageCheck();
            case MESSAGES_INVALID -> new InvalidMessageCheck(choices());
            case NATSENSE -> new NatSenseCheck();
            case RECORDS -> new RecordCheck(choices());
            case ROUTING -> new RoutingCheck(choices());
            case STORE -> new StoreCheck(file, choices());
            case TOPICS -> new TopicCheck();
            case XOR -> new XorCheck();
        };
    }
}
