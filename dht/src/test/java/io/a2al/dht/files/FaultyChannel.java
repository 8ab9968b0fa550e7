package io.a2al.dht.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.util.Arrays;
import org.h2.store.fs.FileBaseDefault;

/** An open file of a {@link FaultyDisk}; for our own code and for the engine, whose base class has the rest. */
final class FaultyChannel extends FileBaseDefault {

    private final FaultyDisk disk;
    private final FaultyDisk.Content content;

    FaultyChannel(FaultyDisk disk, FaultyDisk.Content content) {
        this.disk = disk;
        this.content = content;
    }

    @Override
    public int read(ByteBuffer target, long position) {
        byte[] bytes = content.bytes();
        if (position >= bytes.length) {
            return -1;
        }
        int length = Math.min(target.remaining(), bytes.length - (int) position);
        target.put(bytes, (int) position, length);
        return length;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        disk.write(content, (int) position, bytes);
        source.position(source.limit());
        return bytes.length;
    }

    @Override
    public MemorySegment map(MapMode mode, long offset, long size, Arena arena) {
        MemorySegment copy = arena.allocate(size);
        MemorySegment.copy(
                Arrays.copyOfRange(content.bytes(), (int) offset, (int) (offset + size)),
                0,
                copy,
                ValueLayout.JAVA_BYTE,
                0,
                (int) size);
        return copy;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.force(content);
    }

    @Override
    public long size() {
        return content.bytes().length;
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        disk.truncate(content, (int) size);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        return new FileLock(this, position, size, shared) {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void release() {
                // Only one archive at a time is open in the tests.
            }
        };
    }

    @Override
    protected void implCloseChannel() {
        // What is not forced stays so.
    }
}
