package io.a2al.http.route;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import io.a2al.protocol.id.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as an action sees it. Immutable and thread-safe.
 *
 * @param method such as {@code GET}
 * @param path decoded, without query
 * @param parameters what the path has in the places of {@code {names}}
 * @param query decoded, in the order of the request
 * @param accept the field {@code Accept}; empty if there is none
 * @param lastEventId the field {@code Last-Event-ID}, if there is one
 * @param body all of it
 * @param isLocal true if it was made on this machine, not through a proxy
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        String accept,
        Optional<String> lastEventId,
        Bytes body,
        boolean isLocal) {

    /** A request without {@code Last-Event-ID}, of which is not known whether it was made on this machine. */
    public ApiRequest(
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, List<String>> query,
            String accept,
            Bytes body) {
        this(method, path, parameters, query, accept, Optional.empty(), body, false);
    }

    ApiRequest withParameters(Map<String, String> found) {
        return new ApiRequest(method, path, found, query, accept, lastEventId, body, isLocal);
    }

    /** Returns true if the answer is wanted without its body. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Returns a part of the path. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the path has no {" + name + "}");
        }
        return value;
    }

    /** Returns all values of a parameter of the query. */
    public List<String> queryAll(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** Returns the one value of a parameter of the query, if there is one. */
    public Optional<String> query(String name) throws ApiException {
        List<String> values = queryAll(name);
        if (values.size() > 1) {
            throw ApiException.invalid(name + ": given " + values.size() + " times; give it once");
        }
        return values.stream().findFirst();
    }

    /** Returns an integer of the query within these bounds, if there is one. */
    public Optional<Integer> queryInteger(String name, int least, int most) throws ApiException {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return Optional.of(value);
            }
        } catch (NumberFormatException notANumber) {
            // The message below names the value.
        }
        throw ApiException.invalid(
                name + ": \"" + text.get() + "\" is no integer from " + least + " to " + most + "; give one");
    }

    /** Returns a NodeID of the query, if there is one. */
    public Optional<NodeId> queryNodeId(String name) throws ApiException {
        Optional<String> text = query(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(nodeId(name, text.get()));
    }

    /** Reads a NodeID. */
    public static NodeId nodeId(String name, String text) throws ApiException {
        try {
            return NodeId.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(name + ": \"" + text + "\" is no NodeID; give 64 hexadecimal digits");
        }
    }

    /** Reads an agent's address. */
    public static Address address(String name, String text) throws ApiException {
        try {
            return Address.parse(text);
        } catch (InvalidAddressException e) {
            throw ApiException.invalid(name + ": " + e.getMessage());
        }
    }

    /** Returns the members of the body, which must be a JSON object with these at most. */
    public JsonFields fields(Set<String> known) throws ApiException {
        return JsonFields.of(Json.read(body.toArray()), known);
    }

    /** Returns the members of the body, which must be a JSON object; the case of their names does not count. */
    public JsonFields anyFields() throws ApiException {
        return JsonFields.lenient(Json.read(body.toArray()));
    }
}
