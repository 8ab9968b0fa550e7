package io.a2al.http.mail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.LookupReport;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.SendResult;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.UnreadableMail;
import io.a2al.http.lookup.LookupJson;
import io.a2al.http.publish.PublicationJson;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.SignedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends notes as the node's agent, and reads those for it. Reading leaves them in the network, and
 * unread until the reader says that it has them. Thread-safe. */
public final class MailResource {

    private static final int MAX_TYPE = 0xff;

    private final DhtNode node;

    /** Mail of the agent of {@code node}. */
    public MailResource(DhtNode node) {
        this.node = node;
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.post("/v1/mail", this::send)
                .get("/v1/mail", this::read, "unread")
                .post("/v1/mail/delivered", this::markDelivered);
    }

    private ApiResult send(ApiRequest request) throws ApiException, InterruptedException {
        JsonFields fields = request.fields(Set.of("base64", "text", "to", "type"));
        Address to = ApiRequest.address("to", fields.requiredText("to"));
        int type = fields.integer("type", Mail.TEXT, 0, MAX_TYPE);
        Bytes body = body(fields);
        int limit = node.agent().longestMail(type).orElse(-1);
        if (body.length() > limit) {
            throw ApiException.of(
                    ErrorCode.REFUSED,
                    limit < 0
                            ? "no note fits beside the delegation proof of "
                                    + node.agent().address()
                            : "the note has " + body.length() + " bytes, the limit is " + limit
                                    + "; send where to find the rest");
        }
        return switch (node.sendMail(to, type, body)) {
            case SendResult.Sent(Publication publication, LookupReport report) ->
                ApiResult.created(sent(to, type, publication, report).put("sent", true));
            case SendResult.NotStored(Publication publication, LookupReport report) ->
                throw ApiException.of(
                        ErrorCode.UNAVAILABLE,
                        "no other node took the note yet; this node goes on trying for an hour, so do not send it"
                                + " again",
                        sent(to, type, publication, report).put("sent", false));
            case SendResult.RecipientUnknown(LookupReport report) ->
                throw ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "no endpoint record of " + to + " found, whose key the note would be sealed with;"
                                + " has the agent published one?",
                        Json.object().set("lookup", LookupJson.report(report)));
        };
    }

    private static Bytes body(JsonFields fields) throws ApiException {
        Optional<String> text = fields.text("text");
        Optional<String> base64 = fields.text("base64");
        if (text.isPresent() == base64.isPresent()) {
            throw ApiException.invalid("body: give one of text and base64");
        }
        try {
            return Bytes.copyOf(
                    text.isPresent()
                            ? text.get().getBytes(StandardCharsets.UTF_8)
                            : Base64.getDecoder().decode(base64.orElseThrow()));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("base64: not in Base64; use the standard alphabet, with = at the end");
        }
    }

    private static ObjectNode sent(Address to, int type, Publication publication, LookupReport report) {
        ObjectNode json = Json.object().put("to", to.toString()).put("type", type);
        PublicationJson.put(json, publication);
        return json.set("lookup", LookupJson.report(report));
    }

    private ApiResult read(ApiRequest request) throws ApiException, InterruptedException {
        Set<Bytes> passedOver = isUnreadOnly(request) ? node.deliveredMail(node.agent()) : Set.of();
        MailResult result = DeliveredMail.without(passedOver, node.readMail());
        ObjectNode json = Json.object().put("address", node.agent().address().toString());
        ArrayNode mail = json.putArray("mail");
        result.mail().forEach(note -> write(mail.addObject(), note));
        ArrayNode unreadable = json.putArray("unreadable");
        result.unreadable().forEach(note -> write(unreadable.addObject(), note));
        return ApiResult.json(json.set("lookup", LookupJson.report(result.report())));
    }

    private static boolean isUnreadOnly(ApiRequest request) throws ApiException {
        return switch (request.query("unread").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.invalid("unread: must be true or false");
        };
    }

    private ApiResult markDelivered(ApiRequest request) throws ApiException {
        List<Delivered> given = new ArrayList<>();
        for (String id : request.fields(Set.of("ids")).texts("ids")) {
            given.add(Delivered.parse(id));
        }
        given.forEach(note -> node.markDelivered(node.agent(), note.key(), note.expires()));
        return ApiResult.json(Json.object().put("delivered", given.size()));
    }

    /** A note as its id says: its key, and until when it is to be known, so that nothing need be kept to find it. */
    private record Delivered(Bytes key, long expires) {

        private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})-([0-9]{1,20})");

        static Delivered parse(String id) throws ApiException {
            Matcher form = FORM.matcher(id);
            try {
                if (form.matches()) {
                    return new Delivered(Bytes.fromHex(form.group(1)), Long.parseUnsignedLong(form.group(2)));
                }
            } catch (NumberFormatException beyond64Bits) {
                // Answered below.
            }
            throw ApiException.invalid("ids: \"" + id + "\" is no id of a note; take those of GET /v1/mail");
        }

        String text() {
            return key.toHex() + "-" + Long.toUnsignedString(expires);
        }
    }

    private static void putId(ObjectNode item, Bytes key, SignedRecord record) {
        item.put("id", new Delivered(key, DeliveredMail.endOf(record)).text());
    }

    private static void write(ObjectNode item, ReceivedMail note) {
        Bytes body = note.mail().body();
        item.put("from", note.mail().sender().toString())
                .put("type", note.mail().type())
                .put("base64", Base64.getEncoder().encodeToString(body.toArray()));
        text(body).ifPresent(text -> item.put("text", text));
        LookupJson.putRecord(item, note.record());
        putId(item, DeliveredMail.keyOf(note.note()), note.record());
    }

    private static void write(ObjectNode item, UnreadableMail note) {
        item.put("from", note.senderClaim().toString()).put("reason", note.reason());
        LookupJson.putRecord(item, note.record());
        putId(item, DeliveredMail.keyOf(note.record()), note.record());
    }

    /** Returns the body as text if it is valid UTF-8. */
    private static Optional<String> text(Bytes body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
