package io.a2al.http.route;

import java.util.Locale;

/** The kinds of failures, each with its HTTP status. */
public enum ErrorCode {
    /** The request makes no sense: a part of it is missing, unknown or out of range. */
    INVALID(400),
    /** No token, or a wrong one. */
    UNAUTHORIZED(401),
    /** For another host, or from a page of another site. */
    FORBIDDEN(403),
    /** No such path, or what was looked for does not exist. */
    NOT_FOUND(404),
    /** The path has other methods. */
    METHOD_NOT_ALLOWED(405),
    /** The body did not arrive in time. */
    TIMEOUT(408),
    /** It exists already, in another form. */
    CONFLICT(409),
    /** The body is too long. */
    TOO_LONG(413),
    /** The body is not labelled as JSON. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** The node cannot do it: a limit, or a record that is not allowed. */
    REFUSED(422),
    /** A limit of what the node keeps or does at a time is reached. */
    TOO_MANY(429),
    /** The header is too long. */
    HEADER_TOO_LONG(431),
    /** A defect of this program. */
    INTERNAL(500),
    /** The network has it, this node does not. */
    NOT_IMPLEMENTED(501),
    /** The network did not take or answer it. */
    BAD_GATEWAY(502),
    /** Not now: no peers, another request under way, or the node is closed. */
    UNAVAILABLE(503),
    /** The peer did not answer. */
    NO_ANSWER(504);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the name in JSON, such as {@code not_found}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind with this status, or else the general one for failures of the client or the server. */
    public static ErrorCode ofStatus(int status) {
        for (ErrorCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status < INTERNAL.status ? INVALID : INTERNAL;
    }
}
