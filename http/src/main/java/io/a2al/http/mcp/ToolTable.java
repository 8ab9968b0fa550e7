package io.a2al.http.mcp;

import java.util.List;
import java.util.Optional;

/**
 * All tools, each with its arguments and its twin (daemon-api.md 5): the one list of them. Those with required
 * arguments that HTTP does not need are as hosts of the network's other daemons know them.
 */
public final class ToolTable {

    private static final ToolArgument AID = text(
            "aid", "Address of an agent, such as a0…, 0x… or bc1…. Get it from a2al_agents_list or a2al_discover.");
    private static final ToolArgument OWN_AID = text("aid", "Address of an agent that this node keeps.");
    private static final ToolArgument KEY = text(
            "operational_private_key_hex", "Operational key: 128 hexadecimal digits, seed and public key. Secret.");
    private static final ToolArgument SEED = optional(
            ArgumentType.TEXT,
            "operational_private_key_seed_hex",
            "In place of the operational key: its seed, 64 hexadecimal digits. Secret.");
    private static final ToolArgument PROOF =
            text("delegation_proof_hex", "The owner's proof that the operational key acts for the agent.");
    private static final ToolArgument AGENT = text("agent", "Ethereum address of the agent, 0x….");
    private static final ToolArgument ISSUED_AT = unsigned("issued_at", "Begin of the delegation, Unix seconds.");
    private static final ToolArgument EXPIRES_AT =
            unsigned("expires_at", "End of the delegation, Unix seconds; 0 for never.");
    private static final ToolArgument SCOPE =
            optional(ArgumentType.UNSIGNED, "scope", "1, the default, is the only one defined.");
    private static final ToolArgument LOCAL_SERVICE = text(
            "service_tcp",
            "Where the agent listens on this machine, HOST:PORT or http://HOST:PORT; empty for nowhere.");

    private static final List<McpTool> ALL = List.of(
            get("status", "/status", "Tells what this node is, whether it is ready, and how many peers it knows."),
            post(
                    "identity_generate",
                    "/identity/generate",
                    "Makes a new native agent: its master key, operational key and delegation proof. Nothing is kept"
                            + " here: store the keys, then call a2al_agent_register."),
            get("agents_list", "/agents", "Lists the agents that this node keeps."),
            post(
                            "agents_generate_ethereum",
                            "/agents/generate",
                            "Makes a new agent with an Ethereum address: its wallet key, operational key and delegation"
                                    + " proof. Nothing is kept here: store the keys, then call a2al_agent_register.")
                    .withDefault("chain", "ethereum"),
            post(
                            "ethereum_delegation_message",
                            "/agents/ethereum/delegation-message",
                            "Returns the text that an Ethereum wallet has to sign (personal_sign) for a delegation.",
                            AGENT,
                            ISSUED_AT,
                            EXPIRES_AT,
                            SCOPE,
                            optional(
                                    ArgumentType.TEXT,
                                    "operational_public_key_hex",
                                    "The operational key's public half, 64 hexadecimal digits; or else give its seed."),
                            SEED)
                    .readingOnly(),
            post(
                    "ethereum_register",
                    "/agents/ethereum/register",
                    "Makes this node keep an agent whose owner signed the text of a2al_ethereum_delegation_message.",
                    AGENT,
                    ISSUED_AT,
                    EXPIRES_AT,
                    SCOPE,
                    text("eth_signature_hex", "The wallet's signature, 130 hexadecimal digits."),
                    LOCAL_SERVICE,
                    optional(KEY),
                    SEED),
            post(
                            "ethereum_proof",
                            "/agents/ethereum/proof",
                            "Makes a delegation proof with an Ethereum private key. Prefer a wallet and"
                                    + " a2al_ethereum_delegation_message, so that the key stays there.",
                            text(
                                    "ethereum_private_key_hex",
                                    "The wallet's private key, 64 hexadecimal digits. Secret."),
                            ISSUED_AT,
                            EXPIRES_AT,
                            SCOPE,
                            optional(KEY),
                            SEED)
                    .readingOnly(),
            post(
                    "agent_register",
                    "/agents",
                    "Makes this node keep an agent. It is not published yet: call a2al_agent_publish next.",
                    KEY,
                    PROOF,
                    LOCAL_SERVICE),
            get("agent_get", "/agents/{aid}", "Tells the state of an agent that this node keeps.", OWN_AID),
            get(
                    "agent_probe",
                    "/agents/{aid}/probe",
                    "Asks whether an agent's local service answers, and what the network has of the agent.",
                    OWN_AID),
            patch(
                    "agent_patch",
                    "/agents/{aid}",
                    "Changes the local service of an agent that this node keeps.",
                    OWN_AID,
                    KEY,
                    new ToolArgument(
                            "service_tcp",
                            ArgumentType.TEXT_OR_NULL,
                            true,
                            "The new one; empty for none, null for no change.")),
            delete(
                    "agent_delete",
                    "/agents/{aid}",
                    "Makes this node forget an agent. What it published expires within the hour.",
                    OWN_AID),
            post(
                    "agent_publish",
                    "/agents/{aid}/publish",
                    "Publishes where an agent can be reached, so that others can resolve it and send it mail.",
                    OWN_AID),
            post(
                            "agent_heartbeat",
                            "/agents/{aid}/heartbeat",
                            "Says that an agent is alive. One that is silent for an hour, with no local service that"
                                    + " answers, is published no more.",
                            OWN_AID)
                    .adding("ok", true),
            post(
                            "agent_publish_record",
                            "/agents/{aid}/records",
                            "Publishes a record of a type of one's own, once; it is not renewed.",
                            OWN_AID,
                            unsigned("rec_type", "2 to 15."),
                            text("payload_base64", "The payload."),
                            optional(ArgumentType.UNSIGNED, "ttl", "How long it lives, in seconds; 3600 if left out."))
                    .withDefault("ttl", 3600),
            post(
                    "service_register",
                    "/agents/{aid}/services",
                    "Lists an agent under names of services, so that others find it by a2al_discover.",
                    OWN_AID,
                    texts("services", "Names of services, one or more."),
                    text("name", "What the agent calls itself."),
                    texts("protocols", "Protocols that it speaks."),
                    texts("tags", "Tags to filter by."),
                    text("brief", "A sentence about it, up to 140 characters."),
                    unsigned("ttl", "How long an entry lives, in seconds; 0 for 3600."),
                    optional(ArgumentType.OBJECT, "meta", "Anything else; an entry has 512 bytes in all.")),
            delete(
                    "service_unregister",
                    "/agents/{aid}/services/{service*}",
                    "Ends the renewal of an agent's entry under a service; the entry expires by itself.",
                    OWN_AID,
                    text("service", "The name of the service.")),
            post("resolve", "/resolve/{aid}", "Finds where an agent can be reached.", AID)
                    .readingOnly(),
            get(
                    "resolve_records",
                    "/resolve/{aid}/records",
                    "Finds the records of an agent, of one type or of all.",
                    AID,
                    unsigned("type", "The type; 0 for all.")),
            post(
                            "discover",
                            "/discover",
                            "Finds the agents that are listed under a service; under several, those listed under all.",
                            texts("services", "Names of services, one or more."),
                            optional(ArgumentType.FILTER, "filter", "Any of these protocols, and all of these tags."))
                    .readingOnly(),
            post(
                    "mailbox_send",
                    "/agents/{aid}/mailbox/send",
                    "Sends a sealed note to an agent that has been published, even if it is offline. It is kept for an"
                            + " hour.",
                    text("aid", "Address of the sender, an agent that this node keeps."),
                    text("recipient", "Address of the recipient."),
                    unsigned("msg_type", "0 to 255, by agreement of the two; 1 is customary for text."),
                    text("body_base64", "The note, at most 389 bytes before Base64.")),
            post(
                    "mailbox_poll",
                    "/agents/{aid}/mailbox/poll",
                    "Returns notes to an agent that were not returned before.",
                    OWN_AID),
            post("connect", "/connect/{aid}", "Opens a QUIC connection to an agent. This node has no QUIC.", AID),
            post(
                    "fetch",
                    "/fetch/{aid}",
                    "Sends an HTTP request to the local service of an agent that this node keeps. This node has no QUIC"
                            + " to reach others.",
                    AID,
                    optional(ArgumentType.TEXT, "path", "Where, with the query; / by default."),
                    optional(ArgumentType.TEXT, "method", "GET by default."),
                    optional(ArgumentType.OBJECT, "headers", "Lists of texts by name."),
                    optional(ArgumentType.TEXT, "body_base64", "The body, in Base64.")),
            post("tunnel_open", "/tunnel/{aid}", "Opens a tunnel to an agent over QUIC. This node has no QUIC.", AID),
            delete(
                    "tunnel_close",
                    "/tunnel/{id}",
                    "Closes a tunnel. This node has none.",
                    text("id", "The tunnel's id.")),
            get("tunnel_list", "/tunnel", "Lists tunnels. This node has none."),
            post(
                            "lookup_trace",
                            "/v1/lookups",
                            "Runs a lookup and returns its steps: which node was asked, and what came back. Give one of"
                                    + " address, topic and key.",
                            optional(ArgumentType.TEXT, "address", "An agent's address."),
                            optional(ArgumentType.TEXT, "topic", "A topic, or the name of a service."),
                            optional(ArgumentType.TEXT, "key", "A key of the network, 64 hexadecimal digits."),
                            optional(
                                    ArgumentType.TEXT,
                                    "kind",
                                    "resolve, discover or find_node; by default what suits the target."),
                            optional(
                                    ArgumentType.TEXT,
                                    "freshness",
                                    "first, newest (the default) or majority: how sure to be of the newest."))
                    .readingOnly(),
            post(
                            "inspect",
                            "/v1/inspect",
                            "Decodes a datagram, record or other data of the network, and shows all its fields.",
                            text("data", "The data."),
                            optional(ArgumentType.TEXT, "encoding", "How it is written: hex, the default, or base64."))
                    .readingOnly(),
            post(
                            "verify_address",
                            "/v1/verify",
                            "Checks an address: its family, form and checksum; and with a delegation proof, whether it"
                                    + " holds for the address, and until when.",
                            text("address", "The address."),
                            optional(PROOF))
                    .readingOnly());

    private ToolTable() {}

    /** Returns all tools. */
    static List<McpTool> all() {
        return ALL;
    }

    /** Returns the tool with this name; empty if there is none. */
    static Optional<McpTool> named(String name) {
        return ALL.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** Returns whether a call of the tool with this name may change something; false if there is none. */
    public static boolean isChange(String name) {
        return named(name).filter(tool -> !tool.reading()).isPresent();
    }

    private static McpTool get(String name, String path, String description, ToolArgument... arguments) {
        return McpTool.of(name, "GET", path, description, List.of(arguments));
    }

    private static McpTool post(String name, String path, String description, ToolArgument... arguments) {
        return McpTool.of(name, "POST", path, description, List.of(arguments));
    }

    private static McpTool patch(String name, String path, String description, ToolArgument... arguments) {
        return McpTool.of(name, "PATCH", path, description, List.of(arguments));
    }

    private static McpTool delete(String name, String path, String description, ToolArgument... arguments) {
        return McpTool.of(name, "DELETE", path, description, List.of(arguments));
    }

    private static ToolArgument text(String name, String description) {
        return new ToolArgument(name, ArgumentType.TEXT, true, description);
    }

    private static ToolArgument unsigned(String name, String description) {
        return new ToolArgument(name, ArgumentType.UNSIGNED, true, description);
    }

    private static ToolArgument texts(String name, String description) {
        return new ToolArgument(name, ArgumentType.TEXTS, true, description);
    }

    private static ToolArgument optional(ArgumentType type, String name, String description) {
        return new ToolArgument(name, type, false, description);
    }

    private static ToolArgument optional(ToolArgument argument) {
        return optional(argument.type(), argument.name(), argument.description());
    }
}
