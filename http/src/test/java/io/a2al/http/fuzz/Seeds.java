package io.a2al.http.fuzz;

import io.a2al.core.api.Origin;
import io.a2al.dht.files.StoreFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.MailboxFrame;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The valid inputs that the corpus of each target begins with. Everything is fixed but the keys of a sealed note. */
final class Seeds {

    /** Signs what targets sign. */
    static final Identity SENDER = identity(1);

    /** Whom notes are for. */
    static final Identity RECIPIENT = identity(2);

    /** An agent that is registered with a node. */
    static final Identity AGENT = identity(3);

    /** The time of all records, in Unix seconds. */
    static final long NOW = 1_700_000_000L;

    private static final Endpoint OBSERVED = Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, 4121);
    private static final NodeId KEY = NodeId.of(bytes(0x11, NodeId.LENGTH));

    private Seeds() {}

    private static Identity identity(int firstByte) {
        return Identity.ofSeed(bytes(firstByte, Identity.SEED_LENGTH).toArray());
    }

    private static Bytes bytes(int value, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return Bytes.copyOf(bytes);
    }

    /** Returns a key as requests have it: the seed, then the public key. */
    static String keyHex(Identity identity) {
        return Bytes.copyOf(identity.exportSeed()).concat(identity.publicKey()).toHex();
    }

    /** Returns the proof by which the sender may act for the agent. */
    static Bytes proof() {
        return DelegationProof.sign(AGENT.newSigner(), SENDER.publicKey(), NOW, 0)
                .encode();
    }

    /** Returns the inputs of a target by their names. */
    static Map<String, Bytes> of(FuzzTarget target) throws IOException, InvalidRecordException, InvalidMailException {
        Map<String, Bytes> seeds = new TreeMap<>();
        switch (target) {
            case DECODER -> messages(seeds);
            case RECORD -> records(seeds);
            case DELEGATION -> delegations(seeds);
            case MAIL_FRAME -> mail(seeds);
            case STORE_FILE -> files(seeds);
            case HTTP_BODY -> bodies(seeds);
        }
        return seeds;
    }

    private static SignedRecord record(RecordPayload payload) throws InvalidRecordException {
        return RecordSigner.self(SENDER.newSigner()).sign(payload, 1, NOW, 600);
    }

    private static SignedRecord endpoint() throws InvalidRecordException {
        return record(EndpointPayload.of(List.of("https://a.example")));
    }

    private static TopicPayload topic() {
        return TopicPayload.of("t", "Babel", List.of("mcp"), List.of("fast")).withBrief("b");
    }

    private static void messages(Map<String, Bytes> seeds) throws InvalidRecordException {
        MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
        Signer signer = SENDER.newSigner();
        List<Contact> nodes = List.of(Contact.of(RECIPIENT.address(), OBSERVED));
        for (Message message : List.of(
                new Message.Ping(SENDER.address()),
                new Message.Pong(SENDER.address(), OBSERVED),
                new Message.FindNode(KEY),
                new Message.FindNodeResponse(Optional.of(nodes), OBSERVED),
                new Message.FindValue(KEY, RecordType.ENDPOINT, true),
                new Message.FindValueResponse(
                        Optional.of(nodes), Optional.of(endpoint()), OBSERVED, List.of(endpoint())),
                new Message.Store(endpoint(), Optional.of(KEY)),
                new Message.StoreResponse(true, true, 1),
                new Message.NatProbeRequest(bytes(7, 8), OBSERVED),
                new Message.NatProbeEcho(bytes(7, 8)),
                new Message.Push(KEY, endpoint()),
                Message.PushAck.of(KEY, endpoint(), true))) {
            Header header = Header.of(message.type(), TransactionId.of(bytes(9, TransactionId.LENGTH)));
            seeds.put(message.type().name().toLowerCase(Locale.ROOT), codec.encodeToBytes(header, message, signer));
        }
    }

    private static void records(Map<String, Bytes> seeds) throws InvalidRecordException {
        AgentProfilePayload profile = AgentProfilePayload.of("Babel", List.of("mcp"), List.of("translation"))
                .withBrief("b");
        for (RecordPayload payload : List.of(EndpointPayload.of(List.of("https://a.example")), topic(), profile)) {
            String name =
                    payload.getClass().getSimpleName().replace("Payload", "").toLowerCase(Locale.ROOT);
            seeds.put(name, bytes(0, 1).concat(record(payload).encoded()));
            byte[] head = {1, (byte) payload.recordType(), 0, 77};
            seeds.put(name + "-payload", Bytes.copyOf(head).concat(payload.encode()));
        }
        SignedRecord delegated = RecordSigner.delegated(SENDER.newSigner(), AGENT.address(), proof())
                .sign(EndpointPayload.of(List.of("https://a.example")), 1, NOW, 600);
        seeds.put("delegated", bytes(0, 1).concat(delegated.encoded()));
    }

    private static void delegations(Map<String, Bytes> seeds) {
        byte[] secret = bytes(5, 32).toArray();
        WalletKey wallet = WalletKey.ofPrivateKey(secret);
        seeds.put("native", proof());
        Map.of("ethereum", wallet.ethereumAddress(), "paralism", wallet.paralismAddress())
                .forEach((name, address) -> {
                    Delegation delegation = Delegation.of(SENDER.publicKey(), address, NOW, NOW + 86_400);
                    seeds.put(name, DelegationProof.sign(wallet, delegation).encode());
                    seeds.put(name + "-text", utf8(DelegationProof.walletMessage(delegation)));
                });
        seeds.put("signature-hex", utf8("0x" + "1b".repeat(65)));
        seeds.put("signature-base64", utf8("A".repeat(87) + "="));
    }

    private static void mail(Map<String, Bytes> seeds) throws InvalidMailException, InvalidRecordException {
        Bytes note = SealedMail.seal(
                SENDER.address(), RECIPIENT.address(), RECIPIENT.publicKey(), 3, utf8("hi"), new SecureRandom());
        seeds.put("note", note);
        seeds.put("frame-empty", new MailboxFrame(bytes(4, MailboxFrame.MESSAGE_ID_LENGTH), Bytes.EMPTY).encode());
        seeds.put(
                "frame",
                new MailboxFrame(
                                bytes(4, MailboxFrame.MESSAGE_ID_LENGTH),
                                endpoint().encoded())
                        .encode());
    }

    private static void files(Map<String, Bytes> seeds) throws IOException, InvalidRecordException {
        Path file = Files.createTempFile("a2al-seed", "");
        try {
            new StoreFile(file)
                    .write(List.of(
                            new StoreFile.Entry(KEY, Origin.LOCAL, endpoint().encoded()),
                            new StoreFile.Entry(
                                    KEY, Origin.UNPROVEN, record(topic()).encoded())));
            Bytes content = Bytes.copyOf(Files.readAllBytes(file));
            seeds.put("two", bytes(0, 1).concat(content));
            byte[] damaged = content.toArray();
            damaged[30] ^= 1;
            seeds.put("damaged", bytes(0, 1).concat(Bytes.copyOf(damaged)));
        } finally {
            Files.delete(file);
        }
        byte[] head = {1, 0, (byte) (NodeId.LENGTH + 3)};
        byte[] origin = {0, 0, 9};
        seeds.put("bodies", Bytes.copyOf(head).concat(KEY.toBytes()).concat(Bytes.copyOf(origin)));
    }

    private static void bodies(Map<String, Bytes> seeds) throws InvalidRecordException {
        String key = bytes(5, 32).toHex();
        String aid = AGENT.address().toString();
        String proof = proof().toHex();
        String seed = keyHex(SENDER);
        body(seeds, "POST /v1/verify", "{\"address\":\"" + aid + "\",\"delegation_proof_hex\":\"" + proof + "\"}");
        body(seeds, "POST /v1/inspect", "{\"data\":\"a401a401010200\"}");
        body(seeds, "POST /v1/publications", "{\"topic\":{\"topic\":\"t\",\"tags\":[\"fast\"]},\"keep\":false}");
        body(seeds, "POST /v1/mail", "{\"to\":\"" + aid + "\",\"text\":\"grüße\",\"type\":9}");
        body(seeds, "POST /v1/mail/delivered", "{\"ids\":[\"00112233445566778899aabbccddeeff-1\"]}");
        body(
                seeds,
                "POST /agents",
                "{\"operational_private_key_hex\":\"" + seed + "\",\"delegation_proof_hex\":\"" + proof
                        + "\",\"service_tcp\":\"localhost:1\"}");
        body(
                seeds,
                "POST /agents/ethereum/delegation-message",
                "{\"agent\":\"0x" + "1".repeat(40) + "\",\"issued_at\":1,\"scope\":1}");
        body(seeds, "POST /agents/ethereum/proof", "{\"ethereum_private_key_hex\":\"" + key + "\"}");
        body(seeds, "POST /agents/paralism/proof", "{\"paralism_private_key_hex\":\"" + key + "\"}");
        body(seeds, "PATCH /agents/{aid}", "{\"service_tcp\":\"localhost:1\"}");
        body(seeds, "POST /agents/{aid}/records", "{\"rec_type\":5,\"ttl\":600,\"payload_base64\":\"AAEC\"}");
        body(
                seeds,
                "POST /agents/{aid}/services",
                "{\"services\":[\"a/b\"],\"name\":\"Babel\",\"meta\":{\"n\":[1,2.5,true,null,\"x\"]},\"ttl\":60}");
        body(seeds, "POST /agents/{aid}/profile", "{\"name\":\"Babel\",\"skills\":[\"translation\"]}");
        body(seeds, "POST /agents/{aid}/mailbox/send", "{\"recipient\":\"" + aid + "\",\"body_base64\":\"aGk=\"}");
        body(seeds, "POST /discover", "{\"services\":[\"a/b\"],\"filter\":{\"protocols\":[\"mcp\"]}}");
        body(seeds, "PATCH /config", "{\"auto_publish\":true}");
    }

    private static void body(Map<String, Bytes> seeds, String path, String json) {
        int index = HttpBodyTarget.PATHS.indexOf(path);
        byte[] first = {(byte) index};
        seeds.put("path-%02d".formatted(index), Bytes.copyOf(first).concat(utf8(json)));
    }

    private static Bytes utf8(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
