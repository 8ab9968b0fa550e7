package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.TestNodes;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StorePagesTest {

    private static final long NOW = TimeSource.SYSTEM.now().unixSeconds();

    private final RecordVerifier verifier =
            new RecordVerifier(Ed25519.preferred().newVerifier());
    private final CoreDriver driver = new CoreDriver(
            new NodeCore(
                    NodeSettings.DEFAULT, TestNodes.identity("self").address(), new Random(1), TimeSource.SYSTEM.now()),
            TimeSource.SYSTEM);

    private VerifiedRecord put(NodeId key, SignedRecord signed) throws Exception {
        VerifiedRecord record = verifier.verify(signed);
        PutResult result = driver.ask(core -> core.store().put(key, record, NOW));
        assertThat(result).isEqualTo(PutResult.STORED);
        return record;
    }

    private List<VerifiedRecord> putEndpoints(int count) throws Exception {
        List<VerifiedRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Identity publisher = TestNodes.identity("publisher " + i);
            records.add(put(
                    NodeId.ZERO,
                    RecordSigner.self(publisher.newSigner())
                            .sign(EndpointPayload.of(List.of("https://a.example")), 1, NOW, 3600)));
        }
        return records;
    }

    private static List<VerifiedRecord> records(List<StoredRecord> page) {
        return page.stream().map(StoredRecord::record).toList();
    }

    @Test
    void allRecordsAreReadAFewKeysAtATime() throws Exception {
        List<VerifiedRecord> put = putEndpoints(2 * StorePages.KEYS + 1);

        StorePages pages = new StorePages(driver);
        List<Integer> sizes = new ArrayList<>();
        List<VerifiedRecord> read = new ArrayList<>();
        while (pages.hasNext()) {
            List<StoredRecord> page = pages.next();
            sizes.add(page.size());
            read.addAll(records(page));
        }
        assertThat(sizes).containsExactly(StorePages.KEYS, StorePages.KEYS, 1);
        assertThat(read).containsExactlyElementsOf(put);
    }

    @Test
    void whatIsDroppedBetweenTwoPagesIsNotRead() throws Exception {
        List<VerifiedRecord> put = putEndpoints(StorePages.KEYS + 2);

        StorePages pages = new StorePages(driver);
        pages.next();
        driver.tell(core -> core.store().remove(put.getLast().addressId(), 0));

        assertThat(records(pages.next())).containsExactly(put.get(StorePages.KEYS));
        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    void keysWithManyRecordsMakeMorePages() throws Exception {
        int keys = 4;
        int publishers = 100;
        for (int publisher = 0; publisher < publishers; publisher++) {
            Identity identity = TestNodes.identity("publisher " + publisher);
            for (int key = 0; key < keys; key++) {
                TopicPayload payload = TopicPayload.of("topic " + key, "name", List.of("p"), List.of());
                put(
                        Topics.keyOf("topic " + key),
                        RecordSigner.self(identity.newSigner()).sign(payload, 1, NOW, 3600));
            }
        }

        StorePages pages = new StorePages(driver);
        List<Integer> sizes = new ArrayList<>();
        pages.forEachRemaining(page -> sizes.add(page.size()));
        // The first of three keys is not enough for a page, and what the third has too many stays on it.
        assertThat(sizes).containsExactly(3 * publishers, publishers);
    }
}
