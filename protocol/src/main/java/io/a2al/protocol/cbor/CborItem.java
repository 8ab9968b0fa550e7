package io.a2al.protocol.cbor;

/**
 * Finds the end of items of well-formed CBOR (RFC 8949), which may have any encoding: indefinite lengths, integers that
 * are not in shortest form, tags, any simple values, texts that are not UTF-8. Nothing is allocated, every byte is
 * visited once, and the recursion ends at {@link CborReader#MAX_DEPTH}. Stateless and thread-safe.
 */
final class CborItem {

    private static final int FIRST_TWO_BYTE_SIMPLE_VALUE = 32;

    private CborItem() {}

    /**
     * Returns the offset after the item at {@code from}.
     *
     * @param limit the offset after the last byte of the input
     * @param depth the number of maps, lists and tags that the item is in
     * @throws CborException if the item is not well-formed, not complete, or nested too deep
     */
    static int end(byte[] input, int from, int limit, int depth) throws CborException {
        int at = from;
        int levels = depth;
        int content = afterTag(input, at, limit);
        while (content != at) {
            at = content;
            content = afterTag(input, at, limit);
            if (content != at) {
                levels = deeper(levels, at);
            }
        }
        int head = byteAt(input, at, limit);
        int next = afterHead(input, at, limit);
        return switch (head >> 5) {
            case CborHead.UNSIGNED, CborHead.NEGATIVE -> definite(head, at, next);
            case CborHead.BYTES, CborHead.TEXT ->
                CborHead.isIndefinite(head)
                        ? afterChunks(input, next, limit, head >> 5)
                        : next + claim(input, at, next, limit, 1);
            case CborHead.ARRAY, CborHead.MAP -> afterItems(input, at, next, limit, deeper(levels, at));
            default -> {
                if (head == CborHead.BREAK) {
                    throw new CborException("unexpected break", at);
                }
                if (head == CborHead.SIMPLE_VALUE && (input[at + 1] & 0xff) < FIRST_TWO_BYTE_SIMPLE_VALUE) {
                    throw new CborException("invalid simple value", at);
                }
                yield next;
            }
        };
    }

    /** Returns the offset after the tag at {@code from}, or {@code from} if none is there. */
    static int afterTag(byte[] input, int from, int limit) throws CborException {
        int head = byteAt(input, from, limit);
        return head >> 5 == CborHead.TAG ? definite(head, from, afterHead(input, from, limit)) : from;
    }

    /** Returns the number of items from {@code from} up to the break, which must be there. */
    static int countToBreak(byte[] input, int from, int limit, int depth) throws CborException {
        int items = 0;
        int at = from;
        while (byteAt(input, at, limit) != CborHead.BREAK) {
            at = end(input, at, limit, depth);
            items++;
        }
        return items;
    }

    private static int afterItems(byte[] input, int start, int from, int limit, int depth) throws CborException {
        int head = input[start] & 0xff;
        int each = head >> 5 == CborHead.MAP ? 2 : 1;
        int at = from;
        if (CborHead.isIndefinite(head)) {
            int items = 0;
            while (byteAt(input, at, limit) != CborHead.BREAK) {
                at = end(input, at, limit, depth);
                items++;
            }
            if (items % each != 0) {
                throw new CborException("a map key has no value", start);
            }
            return at + 1;
        }
        for (int left = each * claim(input, start, from, limit, each); left > 0; left--) {
            at = end(input, at, limit, depth);
        }
        return at;
    }

    private static int afterChunks(byte[] input, int from, int limit, int majorType) throws CborException {
        int at = from;
        for (int head = byteAt(input, at, limit); head != CborHead.BREAK; head = byteAt(input, at, limit)) {
            if (head >> 5 != majorType || CborHead.isIndefinite(head)) {
                throw new CborException("part of a string of indefinite length is of another type", at);
            }
            int content = afterHead(input, at, limit);
            at = content + claim(input, at, content, limit, 1);
        }
        return at + 1;
    }

    /** Returns the length or count that the head at {@code start} claims, if as much can be in the input. */
    private static int claim(byte[] input, int start, int content, int limit, int bytesEach) throws CborException {
        long claim = 0;
        if (content == start + 1) {
            claim = CborHead.additionalInformation(input[start]);
        }
        for (int i = start + 1; i < content; i++) {
            claim = claim << 8 | (input[i] & 0xff);
        }
        if (claim < 0 || claim > (limit - content) / bytesEach) {
            throw new CborException("length claims more than the input holds", start);
        }
        return (int) claim;
    }

    private static int afterHead(byte[] input, int from, int limit) throws CborException {
        int info = CborHead.additionalInformation(input[from]);
        int bytes = switch (info) {
            case 24 -> 1;
            case 25 -> 2;
            case 26 -> 4;
            case 27 -> 8;
            case 28, 29, 30 -> throw new CborException("reserved additional information " + info, from);
            default -> 0;
        };
        if (limit - from - 1 < bytes) {
            throw new CborException("unexpected end", from);
        }
        return from + 1 + bytes;
    }

    private static int definite(int head, int start, int next) throws CborException {
        if (CborHead.isIndefinite(head)) {
            throw new CborException("reserved additional information " + CborHead.INDEFINITE, start);
        }
        return next;
    }

    private static int deeper(int depth, int start) throws CborException {
        if (depth == CborReader.MAX_DEPTH) {
            throw new CborException("nested deeper than " + CborReader.MAX_DEPTH + " levels", start);
        }
        return depth + 1;
    }

    private static int byteAt(byte[] input, int at, int limit) throws CborException {
        if (at >= limit) {
            throw new CborException("unexpected end", at);
        }
        return input[at] & 0xff;
    }
}
