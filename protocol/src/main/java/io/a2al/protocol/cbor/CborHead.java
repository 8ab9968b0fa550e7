package io.a2al.protocol.cbor;

/**
 * The first bytes of items (RFC 8949 section 3), as unsigned numbers: the three high bits are the major type, the five
 * low ones hold the argument or say how many bytes it has. Stateless and thread-safe.
 */
final class CborHead {

    // Major types.
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;

    // Simple values and floats.
    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;
    static final int NULL = 0xf6;
    static final int UNDEFINED = 0xf7;
    static final int SIMPLE_VALUE = 0xf8;
    static final int FLOAT_16 = 0xf9;
    static final int FLOAT_32 = 0xfa;
    static final int FLOAT_64 = 0xfb;

    /** The byte that ends an item of indefinite length. */
    static final int BREAK = 0xff;

    /** Additional information of an item whose length is not told; a break ends it. */
    static final int INDEFINITE = 31;

    /** The tag of a big number that is not negative (RFC 8949 section 3.4.3). */
    static final int UNSIGNED_BIGNUM = 2;

    private static final int FIRST_SIMPLE_VALUE = 0xe0;

    private CborHead() {}

    /** Returns the five low bits: an argument below 24, or a code for how many bytes the argument has. */
    static int additionalInformation(int head) {
        return head & 0x1f;
    }

    static boolean isIndefinite(int head) {
        return additionalInformation(head) == INDEFINITE;
    }

    /** Returns the head of an item of indefinite length. */
    static int ofIndefinite(int majorType) {
        return majorType << 5 | INDEFINITE;
    }

    /** Returns true for the head of a simple value other than false, true, null and undefined. */
    static boolean isSimpleNumber(int head) {
        return (head >= FIRST_SIMPLE_VALUE && head < FALSE) || head == SIMPLE_VALUE;
    }

    /**
     * Returns true if an item may follow a tag. Tags 0 to 3 are time as a text, time as a number, and big integers as
     * byte strings (RFC 8949 section 3.4); the others may precede any item.
     */
    static boolean canFollowTag(long tag, int head) {
        int majorType = head >> 5;
        if (tag == 0) {
            return majorType == TEXT;
        }
        if (tag == 1) {
            return majorType == UNSIGNED || majorType == NEGATIVE || (head >= FLOAT_16 && head <= FLOAT_64);
        }
        return (tag != UNSIGNED_BIGNUM && tag != UNSIGNED_BIGNUM + 1) || majorType == BYTES;
    }

    /** Names the type of an item, for messages. */
    static String describe(int head) {
        return switch (head >> 5) {
            case UNSIGNED, NEGATIVE -> "an integer";
            case BYTES -> "a byte string";
            case TEXT -> "a text";
            case ARRAY -> "a list";
            case MAP -> "a map";
            case TAG -> "a tag";
            default -> head == NULL ? "null" : "a simple value";
        };
    }
}
