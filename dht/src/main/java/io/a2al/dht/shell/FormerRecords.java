package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.StoreFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The records of a node that kept them in one file, written once an hour. They are taken over once, and their file is
 * deleted when all of them are in the archive. Belongs to one thread.
 */
final class FormerRecords {

    private final Path file;
    private final Path former;
    private final CoreDriver driver;
    private final RateLimitedLogger log;

    /** Those that were in this file, where the archive is now. */
    FormerRecords(Path file, CoreDriver driver, RateLimitedLogger log) {
        this.file = file;
        this.former = file.resolveSibling(file.getFileName() + ".former");
        this.driver = driver;
        this.log = log;
    }

    /** Makes place for the archive, if the file is one of records. */
    void moveAway() {
        try {
            if (StoreFile.isOne(file)) {
                Files.move(file, former, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            log.warn("file {} cannot be moved to {}: {}", file, former, OwnerOnlyFile.reason(e));
        }
    }

    /** Hands them to the core; returns false if there are none, or if the clock does not allow to take all of them. */
    boolean adopt() {
        if (!Files.exists(former)) {
            return false;
        }
        RecordVerifier verifier = new RecordVerifier(Ed25519.preferred().newVerifier());
        int[] future = new int[1];
        try {
            int damaged = new StoreFile(former).read(entry -> {
                future[0] += adopt(entry, verifier) ? 0 : 1;
                return true;
            });
            if (damaged > 0) {
                log.warn("file {} is damaged at {} places; the other records are taken over", former, damaged);
            }
        } catch (IOException e) {
            log.warn("file {} cannot be read: {}", former, OwnerOnlyFile.reason(e));
            return false;
        }
        return future[0] == 0;
    }

    /** Returns false for a record that was made after the present time of the clock. */
    private boolean adopt(StoreFile.Entry entry, RecordVerifier verifier) {
        try {
            VerifiedRecord record = verifier.verify(SignedRecord.decode(entry.record()));
            StoredRecord stored = new StoredRecord(entry.key(), record, entry.origin());
            driver.ask(core -> core.adopt(driver.now(), List.of(stored)));
            return record.validityAt(driver.now().unixSeconds()) != VerifiedRecord.Validity.FUTURE;
        } catch (CborException | InvalidRecordException damaged) {
            return true;
        }
    }

    /** Deletes their file. */
    void delete() {
        try {
            Files.deleteIfExists(former);
        } catch (IOException e) {
            log.warn("file {} cannot be deleted: {}", former, OwnerOnlyFile.reason(e));
        }
    }
}
