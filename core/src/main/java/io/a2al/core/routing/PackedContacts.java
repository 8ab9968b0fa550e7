package io.a2al.core.routing;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Contacts in one array of bytes, {@value #BYTES} each: a contact of objects takes some 180. Contacts are made anew
 * each time. Grows by a half, and never shrinks. Not thread-safe.
 */
public final class PackedContacts implements ContactPool {

    /** Bytes of a contact: NodeID, address, length of the IP address, IP address, port. */
    static final int BYTES = NodeId.LENGTH + Address.LENGTH + 1 + 16 + 2;

    private static final int ADDRESS_AT = NodeId.LENGTH;
    private static final int IP_LENGTH_AT = ADDRESS_AT + Address.LENGTH;
    private static final int IP_AT = IP_LENGTH_AT + 1;
    private static final int PORT_AT = IP_AT + 16;

    private static final VarHandle LINK = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int FIRST_CAPACITY = 16;
    private static final int NONE = -1;

    private final int limit;
    private byte[] bytes = new byte[FIRST_CAPACITY * BYTES];

    /** Places from here on were never used. */
    private int end;

    /** The place freed last, which names the one freed before it; {@link #NONE} if there is none. */
    private int free = NONE;

    /** An empty pool, whose array is never made larger than for {@code limit} contacts unless they are there. */
    public PackedContacts(int limit) {
        this.limit = limit;
    }

    @Override
    public int add(Contact contact) {
        int number = takePlace();
        int at = number * BYTES;
        contact.nodeId().copyTo(bytes, at);
        contact.address().copyTo(bytes, at + ADDRESS_AT);
        byte[] ip = contact.endpoint().ip();
        bytes[at + IP_LENGTH_AT] = (byte) ip.length;
        System.arraycopy(ip, 0, bytes, at + IP_AT, ip.length);
        int port = contact.endpoint().port();
        bytes[at + PORT_AT] = (byte) (port >> Byte.SIZE);
        bytes[at + PORT_AT + 1] = (byte) port;
        return number;
    }

    private int takePlace() {
        if (free != NONE) {
            int number = free;
            free = (int) LINK.get(bytes, number * BYTES);
            return number;
        }
        if (end * BYTES == bytes.length) {
            int grown = end + end / 2;
            bytes = Arrays.copyOf(bytes, (end < limit ? Math.min(grown, limit) : grown) * BYTES);
        }
        return end++;
    }

    @Override
    public Contact get(int number) {
        int at = number * BYTES;
        byte[] ip = Arrays.copyOfRange(bytes, at + IP_AT, at + IP_AT + bytes[at + IP_LENGTH_AT]);
        int port = (bytes[at + PORT_AT] & 0xff) << Byte.SIZE | (bytes[at + PORT_AT + 1] & 0xff);
        return new Contact(Address.read(bytes, at + ADDRESS_AT), NodeId.read(bytes, at), Endpoint.of(ip, port));
    }

    @Override
    public boolean isOf(int number, NodeId nodeId) {
        return NodeId.read(bytes, number * BYTES).equals(nodeId);
    }

    @Override
    public void remove(int number) {
        LINK.set(bytes, number * BYTES, free);
        free = number;
    }

    @Override
    public long bytes() {
        return bytes.length;
    }
}
