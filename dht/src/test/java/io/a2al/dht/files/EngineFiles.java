package io.a2al.dht.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.h2.store.fs.FilePath;

/** The files of a {@link FaultyDisk} for the engine, which has a file system of its own: names that begin so. */
final class EngineFiles extends FilePath {

    private static final String SCHEME = "disk";

    private final FaultyDisk disk;

    private EngineFiles(FaultyDisk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    /** From now on, the names that {@link #nameOf} returns are of this disk. */
    static void use(FaultyDisk disk) {
        FilePath.register(new EngineFiles(disk, ""));
    }

    static String nameOf(String file) {
        return SCHEME + ":" + file;
    }

    private String file() {
        return name.substring(SCHEME.length() + 1);
    }

    @Override
    public FilePath getPath(String path) {
        return new EngineFiles(disk, path);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new FaultyChannel(disk, disk.exists(file()) ? disk.open(file()) : disk.create(file()));
    }

    @Override
    public boolean exists() {
        return disk.exists(file());
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public FilePath getParent() {
        return null;
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public boolean isRegularFile() {
        return exists();
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void moveTo(FilePath target, boolean atomicReplace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean createFile() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastModified() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createDirectory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean setReadOnly() {
        throw new UnsupportedOperationException();
    }
}
